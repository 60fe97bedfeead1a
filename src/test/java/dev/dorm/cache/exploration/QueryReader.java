package dev.dorm.cache.exploration;

import dev.dorm.cache.internal.session.SessionContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session that runs the cached query, in one transaction after the other, as Hibernate's results cache does. */
final class QueryReader {

    /** What its transaction has done. */
    enum Phase {
        IDLE,
        BEGUN,
        /** It was given a result, and has not asked yet whether that is true. */
        FOUND,
        /** The database has answered, and the answer waits for the end. */
        PUT
    }

    final VirtualJvm jvm;
    private final QueryWorld world;
    Phase phase = Phase.IDLE;
    int left;
    int floor;
    int snapshot;

    /** Something that its process had sent after a completion was under way when the transaction began. */
    private boolean settling;

    @Nullable
    SessionContext context;

    VirtualQueries.@Nullable Result found;

    QueryReader(QueryWorld world, VirtualJvm jvm, int transactions) {
        this.world = world;
        this.jvm = jvm;
        this.left = transactions;
    }

    List<String> enabled() {
        return switch (phase) {
            case IDLE -> left > 0 ? List.of("begin") : List.of();
            case BEGUN -> List.of("get");
            case FOUND -> List.of("check");
            case PUT -> world.copies > 0 && pending() ? List.of("end", "hold") : List.of("end");
        };
    }

    void take(String step) {
        switch (step) {
            case "begin" -> {
                left--;
                floor = world.committed;
                snapshot = world.committed;
                settling = !jvm.settling().isEmpty();
                context = jvm.begin();
                phase = Phase.BEGUN;
            }
            case "get" -> get();
            case "check" -> check();
            case "end" -> complete();
            case "hold" -> {
                world.copies--;
                jvm.holdNext();
                complete();
            }
            default -> throw new IllegalArgumentException(step);
        }
    }

    /** Returns whether it has a result for the cache that can be found there. */
    boolean pending() {
        return context != null && context.pending(QueryWorld.key(jvm, world.version())) != null;
    }

    private void get() {
        boolean together = jvm.queries.knowsTables();
        found = (VirtualQueries.Result) jvm.queries.results.get(context, VirtualQueries.KEY, false);
        phase = Phase.FOUND;
        if (found == null) {
            miss();
        } else if (together) {
            check();
        }
    }

    private void check() {
        VirtualQueries.Result result = found;
        found = null;
        if (jvm.queries
                .tables
                .upToDate(context, VirtualQueries.TABLES, result.timestamp())
                .upToDate()) {
            world.hit(result.value(), floor);
            complete();
        } else {
            miss();
        }
    }

    private void miss() {
        if (world.scope.mutant() == QueryMutant.DATED_BY_ITS_BEGIN
                || redates() && jvm.settling().isEmpty()) {
            context.transactionJoined();
        }
        var result = new VirtualQueries.Result(context.getCachingTimestamp(), snapshot);
        jvm.queries.results.put(context, VirtualQueries.KEY, result);
        phase = Phase.PUT;
    }

    /** Returns whether it takes another date when what was under way at its begin has come: without the rule against that. */
    boolean redates() {
        return settling && world.scope.mutant() == QueryMutant.NOT_DATED_BY_A_SETTLEMENT;
    }

    private void complete() {
        context.transactionCompleted(true);
        context = null;
        phase = Phase.IDLE;
    }
}
