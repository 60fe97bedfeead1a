package dev.dorm.cache.internal.near;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.TableState;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query results of one region that are kept in the near tier. Each is kept as a row of its region's shard is, and besides
 * only until something is told of one of its tables. Thread-safe.
 */
public final class NearResults {

    private final NearTier tier;
    private final NearRows results;
    private volatile @Nullable Shard met;

    private NearResults(NearTier tier, NearRows results) {
        this.tier = tier;
        this.results = results;
    }

    /**
     * Makes the place of a region's results.
     *
     * @param tier where, over the store in which their query clock stands, too
     * @param bound how many results it keeps; null for those of the tier, beside others
     * @param ttl how long the results live
     */
    public static NearResults in(NearTier tier, @Nullable Long bound, Duration ttl) {
        return new NearResults(tier, NearRows.in(tier, bound, ttl));
    }

    /**
     * What had been told when the reading of a result was sent.
     *
     * @param place where the result is kept
     * @param region what had been told of the region
     * @param tables what had been told of its tables
     */
    public record Reading(Row place, NearStamp region, TablesStamp tables) {}

    /**
     * Takes note of what has been told, before a result is read; null when it is not to be kept.
     *
     * @param shard the region's
     * @param key the result's key
     * @param clock the query clock
     * @param tables the tables that are read with it
     */
    public @Nullable Reading reading(Shard shard, String key, Clock clock, Collection<String> tables) {
        if (!shard.equals(met)) {
            results.meet(shard);
            tier.meet(clock);
            met = shard;
        }
        Row place = new Row(shard, key);
        NearStamp region = tables.isEmpty() ? null : tier.stamp(place);
        TablesStamp told = region == null ? null : tier.stamp(clock, tables);
        return region == null || told == null ? null : new Reading(place, region, told);
    }

    /** Returns a result that is kept and may be served, or null. */
    @Nullable
    public NearResult get(Shard shard, String key) {
        // The key tells the version and the query; nothing is ever told of such a row by its own key.
        NearResult kept = (NearResult) results.get(new Row(shard, key));
        return kept != null && kept.stamp().isCurrent(tier.now()) ? kept : null;
    }

    /**
     * Keeps a result, as long as nothing was told since its reading was sent.
     *
     * @param reading what had been told by then
     * @param item what was read
     * @param tables what was read of its tables with it
     */
    public void put(Reading reading, Object item, Map<String, TableState> tables) {
        results.put(
                reading.place(), new NearResult(item, Map.copyOf(tables), reading.tables()), null, reading.region());
    }
}
