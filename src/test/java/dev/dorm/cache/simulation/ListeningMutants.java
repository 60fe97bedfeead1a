package dev.dorm.cache.simulation;

import java.util.List;

/** The rules of {@code docs/protocol.md} about who is told, and how it is known that all was told. */
final class ListeningMutants {

    private static final String REGISTRATIONS = "redis/listening/Registrations";
    private static final String TIER = "near/NearTier";

    private ListeningMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "a registration that was made anew empties its shard",
                        REGISTRATIONS,
                        "if (name == null || before == null || !before.name.equals(name)) {",
                        "if (false) {"),
                Mutant.of(
                        "a registration that somebody else made anew empties its shard",
                        REGISTRATIONS,
                        "|| !before.name.equals(name)",
                        ""),
                Mutant.of(
                        "a lost connection empties the tier",
                        TIER,
                        "        byChannel.values().forEach(shard -> shard.serveUntil(null));\n        epoch++;\n"
                                + "        caches.forEach(Cache::invalidateAll);",
                        ""),
                Mutant.of("what was not told of a shard drops its rows", TIER, "            found.change();\n", ""),
                Mutant.of(
                                "a shard is registered before its rows are kept",
                                TIER,
                                "if (shard == null || !shard.isTold()) {",
                                "if (shard == null) {")
                        .and(REGISTRATIONS, "before == null || !before", "before != null && !before"));
    }
}
