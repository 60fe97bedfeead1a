package dev.dorm.cache.simulation;

import java.util.List;

/** The rules of {@code docs/protocol.md} about what comes along with its owner. */
final class AlongMutants {

    private static final String PREFETCH = "row/Prefetch";

    private AlongMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "what is owned comes along only where one call reads in order",
                        "backend:Layout",
                        "return !hashTags;",
                        "return true;"),
                Mutant.of(
                        "what is read anew brings anew what came along",
                        PREFETCH,
                        "        if (known != null) {\n            renew();\n        }\n",
                        ""),
                Mutant.of(
                        "nothing comes along with an owner that was missed",
                        PREFETCH,
                        "each.getValue() == UNREAD && drops(each.getKey())",
                        "false"),
                Mutant.of(
                        "what came along is served with that version of its owner only",
                        PREFETCH,
                        "return Optional.ofNullable(version).equals(waiting.get(row));",
                        "return true;"));
    }
}
