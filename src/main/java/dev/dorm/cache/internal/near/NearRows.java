package dev.dorm.cache.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The rows of one namespace that are kept in the near tier; {@link ResilientStore#near} makes it. Thread-safe. */
public final class NearRows {

    /** A row lives here for a tenth of its time to live at most, which so stays what bounds its age. */
    private static final int PART = 10;

    private final NearTier tier;
    private final Cache<Row, NearEntry> cache;
    private final long lifetime;
    private volatile @Nullable Namespace met;

    private NearRows(NearTier tier, Cache<Row, NearEntry> cache, Duration ttl) {
        this.tier = tier;
        this.cache = cache;
        long seconds = ttl.isZero() ? Long.MAX_VALUE : ttl.toSeconds();
        // A century is as good as forever, and does not overflow.
        long longest = TimeUnit.DAYS.toSeconds(36_500);
        this.lifetime = seconds > longest ? TimeUnit.SECONDS.toNanos(longest) : Math.max(1, ttl.toNanos() / PART);
    }

    /**
     * Makes the place of a region's rows.
     *
     * @param tier where
     * @param bound how many rows it keeps; null for those of the tier, beside others
     * @param ttl how long the rows live
     */
    public static NearRows in(NearTier tier, @Nullable Long bound, Duration ttl) {
        return new NearRows(tier, tier.cacheOf(bound), ttl);
    }

    /** Says where the rows stand, before one is read. */
    public void meet(Namespace namespace) {
        if (!namespace.equals(met)) {
            namespace.shards().forEach(shard -> tier.meet(shard, cache));
            met = namespace;
        }
    }

    /** Says in which shard the rows stand, where it is only one, before one is read. */
    void meet(Shard shard) {
        tier.meet(shard, cache);
    }

    /** Returns what Hibernate is given of a row that is kept and may be served, or null. */
    @Nullable
    public Object get(Row row) {
        NearEntry entry = entry(row);
        return entry == null ? null : entry.value();
    }

    /** Returns what is kept of a row and may be served, or null. */
    @Nullable
    public NearEntry entry(Row row) {
        NearEntry entry = cache.getIfPresent(row);
        if (entry == null) {
            return null;
        }
        // After the entry was found: however long this thread was held up before, the window counts from here.
        long now = tier.now();
        if (!entry.stamp().shard().serves(now)) {
            return null;
        }
        if (entry.until() - now <= 0 || !tier.isCurrent(entry.stamp())) {
            cache.asMap().remove(row, entry);
            return null;
        }
        return entry;
    }

    /** Keeps a row, unless something was told of it since its reading was sent. */
    public void put(Row row, Object value, @Nullable Origin origin, NearStamp stamp) {
        NearEntry entry = new NearEntry(value, origin, stamp, tier.now() + lifetime);
        // Atomic for the row: who counts a change while this compares removes the row after it.
        cache.asMap().compute(row, (same, before) -> tier.isUnchanged(same, stamp) ? entry : before);
    }
}
