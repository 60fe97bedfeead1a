package dev.dorm.cache.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;

/** All that can be seen of a program's run: what is wrong with it, and what was found in the cache. */
record Trace(@Nullable Finding finding, List<Long> counts) {

    static Trace of(Bench bench, Program program) {
        Side side = bench.cached(program.setup());
        List<Long> before = counts(side);
        Finding finding = new Lockstep(bench, new Tally()).run(program);
        List<Long> after = counts(side);
        List<Long> counted = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            counted.add(after.get(i) - before.get(i));
        }
        return new Trace(finding, counted);
    }

    private static List<Long> counts(Side side) {
        return side.factories().stream()
                .flatMap(factory -> Stream.<ToLongFunction<Statistics>>of(
                                Statistics::getSecondLevelCacheHitCount,
                                Statistics::getSecondLevelCacheMissCount,
                                Statistics::getNaturalIdCacheHitCount,
                                Statistics::getQueryCacheHitCount)
                        .map(count -> count.applyAsLong(factory.getStatistics())))
                .toList();
    }
}
