package dev.dorm.cache.simulation;

import java.util.List;

/** The rules of {@code docs/protocol.md} about locks that travel beside the last statement. */
final class TravellingMutants {

    private static final String CONTEXT = "session/TransactionContext";
    private static final String STORE = "store/ResilientStore";

    private TravellingMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                                "what travels is acknowledged before the commit",
                                CONTEXT,
                                "        early.arrive();\n        if (!pendingWork.guardNothing()) {",
                                "        boolean travels = early.arrival != null;\n"
                                        + "        early.arrive();\n        if (!travels && !pendingWork.guardNothing()) {")
                        .and(
                                "session/EarlyLocks",
                                "private @Nullable Runnable arrival;",
                                "@Nullable Runnable arrival;"),
                Mutant.of(
                        "a rollback waits for what travels",
                        CONTEXT,
                        "until its deadline.\n        early.arrive();",
                        "until its deadline."),
                Mutant.of(
                        "what a former server has acknowledged is no lock",
                        STORE,
                        "return current == backend.get() && current.serverEpoch() == epoch ? replies : null;",
                        "return replies;"),
                Mutant.of(
                        "a lock counts from when it was sent",
                        "row/RowLock",
                        "acknowledge(reply, replies.moment(step).written(), sent);",
                        "acknowledge(reply, replies.moment(step).written(), store.observed().now());"));
    }
}
