package dev.dorm.cache.differential;

import java.util.Collection;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;

/**
 * How much came from the cache.
 *
 * @param rows entities and collections
 * @param naturalIds natural ids
 * @param results query results
 */
record Hits(long rows, long naturalIds, long results) {

    static final Hits NONE = new Hits(0, 0, 0);

    /** All that session factories were served so far. */
    static Hits of(Collection<Side> sides) {
        return sides.stream()
                .flatMap(side -> side.factories().stream())
                .map(SessionFactory::getStatistics)
                .map(Hits::of)
                .reduce(NONE, Hits::plus);
    }

    private static Hits of(Statistics statistics) {
        return new Hits(
                statistics.getSecondLevelCacheHitCount(),
                statistics.getNaturalIdCacheHitCount(),
                statistics.getQueryCacheHitCount());
    }

    private Hits plus(Hits more) {
        return new Hits(rows + more.rows, naturalIds + more.naturalIds, results + more.results);
    }

    Hits minus(Hits before) {
        return new Hits(rows - before.rows, naturalIds - before.naturalIds, results - before.results);
    }
}
