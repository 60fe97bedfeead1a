package dev.dorm.cache.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.lazy.Lazy;
import dev.dorm.cache.internal.near.NearTier;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of a backend, and when it first saw it.
 *
 * <p>A transaction may fill a row only on the strength of what was known before it began: whatever is learned later may
 * be the mark of a write that its snapshot misses. Times are of this process's monotonic clock; no clock is compared
 * across machines.
 */
public final class ObservedState {

    /** Forgetting a tombstone costs a put; 10,000 of them cost about 2 MB. */
    private static final long MAX_ROWS = 10_000;

    /**
     * For so long is a row that was put not put again with the same value, or for a tenth of its life if that is less: a row
     * that was evicted may be missing meanwhile, unless this process reads it.
     */
    static final Duration STANDING = Duration.ofSeconds(5);

    private final LongSupplier ticker;
    private final Map<Shard, SeenVersion> versions = new ConcurrentHashMap<>();
    private final Map<Shard, SeenWrites> writes = new ConcurrentHashMap<>();
    private final Lazy<Cache<Row, SeenRow>> rows;
    private final Lazy<Cache<Row, Standing>> standing;
    private final ServerTimes times;
    private volatile @Nullable NearTier tier;

    ObservedState(LongSupplier ticker) {
        this.ticker = ticker;
        this.times = new ServerTimes(ticker);
        this.rows = new Lazy<>(() -> remembering(Step.TOMBSTONE_LEASE));
        this.standing = new Lazy<>(() -> remembering(STANDING));
    }

    private <T> Cache<Row, T> remembering(Duration time) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ROWS)
                .ticker(ticker::getAsLong)
                .expireAfterWrite(time)
                .executor(Runnable::run)
                .build();
    }

    /** Lets a near tier know what is learned here: it may come before the message. */
    void tell(NearTier of) {
        tier = of;
    }

    public long now() {
        return ticker.getAsLong();
    }

    /** Returns what time it is where steps are taken, as far as this process can tell. */
    public ServerTimes serverTimes() {
        return times;
    }

    /** Takes note of a shard's version; 0 says that it was absent and teaches nothing. */
    public void sawVersion(Shard shard, long version) {
        if (version != 0) {
            SeenVersion known = versions.get(shard);
            if (known == null || known.version != version) {
                versions.put(shard, new SeenVersion(version, now()));
                NearTier current = tier;
                if (current != null) {
                    current.drop(shard);
                }
            }
        }
    }

    /** Takes note of a version that did not exist until this session seeded it: nothing was bumped before. */
    public void seededVersion(Shard shard, long version, TransactionStart began) {
        versions.putIfAbsent(shard, new SeenVersion(version, began.at() - 1));
    }

    /** Returns the last version seen, or 0. */
    public long version(Shard shard) {
        SeenVersion known = versions.get(shard);
        return known == null ? 0 : known.version;
    }

    /** Returns the version that was known before a transaction began, or 0 when another or none was. */
    public long versionBefore(Shard shard, TransactionStart began) {
        SeenVersion known = versions.get(shard);
        return known == null || known.since - began.at() >= 0 ? 0 : known.version;
    }

    /** Takes note of the number of a shard's newest write; 0 says that it was absent and teaches nothing. */
    public void sawWrite(Shard shard, long number) {
        if (number != 0) {
            writes(shard).saw(number, now());
        }
    }

    /** Takes note of the number of a shard's newest write, when the backend's memory may be another than before. */
    void renewedWrites(Shard shard, long number) {
        if (number != 0) {
            writes(shard).renewed(number, now());
        }
    }

    private SeenWrites writes(Shard shard) {
        SeenWrites known = writes.get(shard);
        return known != null ? known : writes.computeIfAbsent(shard, s -> new SeenWrites());
    }

    /** Returns the number of the newest write in a shard that was known before a transaction began; 0 for none. */
    public long writeBefore(Shard shard, TransactionStart began) {
        SeenWrites known = writes.get(shard);
        return known == null ? 0 : known.before(began);
    }

    /** Takes note of a tombstone, or of bytes that cannot be read, in a row. */
    public void sawInTheWay(Row row, String digest) {
        standing.get().invalidate(row);
        SeenRow known = rows.get().getIfPresent(row);
        if (known == null || !known.digest.equals(digest)) {
            rows.get().put(row, new SeenRow(digest, now()));
            NearTier current = tier;
            if (current != null) {
                current.drop(row);
            }
        }
    }

    /** Returns what stood in a row's way when it was last seen, or null. */
    @Nullable
    public SeenRow inTheWay(Row row) {
        return rows.get().getIfPresent(row);
    }

    /** Takes note of what a row was read to hold: where another entry stands, what was in the way is no more. */
    public void saw(Row row, RowState state) {
        sawVersion(row.shard(), state.version());
        sawWrite(row.shard(), state.written());
        if (state.kind() == RowFormat.Kind.ENTRY) {
            SeenRow known = rows.get().getIfPresent(row);
            // An entry that cannot be decoded is in the way itself, and may be replaced by who knew it at its begin.
            if (known != null && !known.digest.equals(RowFormat.digest(state.bytes()))) {
                rows.get().invalidate(row);
            }
        } else {
            standing.get().invalidate(row);
        }
    }

    /** Takes note that an entry was stored for so long, or that one with the same body stood there. */
    public void sawStanding(Row row, long version, int bodyHash, Duration ttl) {
        Duration tenth = ttl.dividedBy(10);
        Duration time = ttl.isZero() || tenth.compareTo(STANDING) > 0 ? STANDING : tenth;
        standing.get().put(row, new Standing(version, bodyHash, now() + time.toNanos()));
    }

    /**
     * Returns whether a row has lately held a body of this hash, as far as this process knows: to put it again changes
     * nothing.
     */
    public boolean stands(Row row, long version, int bodyHash) {
        Standing known = standing.get().getIfPresent(row);
        return known != null && known.version == version && known.bodyHash == bodyHash && known.until - now() > 0;
    }

    /** Returns whether a row that was read a while ago has been bumped or invalidated since, as far as is known here. */
    public boolean outdates(Row row, RowState state) {
        return version(row.shard()) != state.version()
                || state.kind() == RowFormat.Kind.ENTRY && rows.get().getIfPresent(row) != null;
    }

    private record SeenVersion(long version, long since) {}

    private record Standing(long version, int bodyHash, long until) {}

    /** What stood in a row, and since when this process knows it. */
    public record SeenRow(String digest, long since) {

        public boolean before(TransactionStart began) {
            return since - began.at() < 0;
        }
    }
}
