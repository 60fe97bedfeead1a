package dev.dorm.cache.simulation;

import java.util.List;

/** The rules by which query results are kept near, each with what is left when it is taken away. */
final class NearResultMutants {

    private static final String NOTED =
            """
                    NearResults.Reading sent = near == null || !tables.mayBeNear(reads)
                            ? null
                            : near.reading(shard, resultKey, tables.clock().clock(), reads);
            """;

    private static final String READ =
            """
                    QueryState state = read(context, shard, resultKey, reads);
            """;

    private NearResultMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "what is heard of a table drops the results over it",
                        "near/NearTables",
                        "count.incrementAndGet();",
                        ""),
                Mutant.of(
                        "a result that is kept is served only if nothing was heard of its tables",
                        "near/NearResults",
                        "kept != null && kept.stamp().isCurrent(tier.now()) ? kept : null",
                        "kept"),
                Mutant.of(
                        "what was heard of tables is noted before the reading is sent",
                        "query/CachedQueries",
                        NOTED + READ,
                        READ + NOTED),
                Mutant.of(
                                "a result is kept only by what was read of its tables with it",
                                "query/QueryReads",
                                "if (keeping != null && came) {",
                                "if (keeping != null) {")
                        .and(
                                "near/NearResults",
                                "NearStamp region = tables.isEmpty() ? null : tier.stamp(place);",
                                "NearStamp region = tier.stamp(place);"),
                Mutant.of(
                        "only a result that was found true is kept",
                        "query/CachedQueries",
                        "context.queryReads().keep(states -> near.put(sent, item, states));",
                        "near.put(sent, item, java.util.Map.of(\"t\", new dev.dorm.cache.backend.TableState(1, List.of())));"));
    }
}
