package dev.dorm.cache.coherence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session that reads the row, in one transaction after the other. */
final class RowReader {

    private static final String ID = "1";

    /** What its transaction has done. */
    enum Phase {
        IDLE,
        BEGUN,
        /** It has loaded the row from its snapshot, not yet put. */
        LOADED,
        /** Its put waits for the end. */
        PUT
    }

    final VirtualJvm jvm;
    private final RowWorld world;
    Phase phase = Phase.IDLE;
    int left;
    int floor;
    int snapshot;

    /** The version and the bytes that the waiting put was made for. */
    long version;

    @Nullable
    String expected;

    @Nullable
    SessionContext context;

    RowReader(RowWorld world, VirtualJvm jvm, int transactions) {
        this.world = world;
        this.jvm = jvm;
        this.left = transactions;
    }

    List<String> enabled() {
        return switch (phase) {
            case IDLE -> left > 0 ? List.of("begin") : List.of();
            case BEGUN -> List.of("get", "load");
            case LOADED -> List.of("end");
            case PUT -> world.copies > 0 ? List.of("end", "hold") : List.of("end");
        };
    }

    void take(String step) {
        switch (step) {
            case "begin" -> begin();
            case "get" -> get();
            case "load" -> load();
            case "end" -> end();
            case "hold" -> {
                world.copies--;
                jvm.holdNext();
                end();
            }
            default -> throw new IllegalArgumentException(step);
        }
    }

    private void begin() {
        left--;
        floor = world.committed;
        snapshot = world.committed;
        // A busy reader begins on the strength of what its JVM knows, and its snapshot is no younger than that.
        context = jvm.begin();
        phase = Phase.BEGUN;
    }

    private void get() {
        Object value = jvm.rows.get(context, ID);
        if (value != null) {
            world.hit((Integer) value, floor);
            complete();
        } else {
            load();
        }
    }

    /** Loads by itself, or as part of a query that never asks the cache first. */
    private void load() {
        if (world.scope.latePuts()) {
            phase = Phase.LOADED;
        } else {
            put();
        }
    }

    /** Returns the version under which it could put, or 0. */
    long versionBefore() {
        return jvm.knowledge().versionBefore(jvm.shard(), context.began());
    }

    /** Returns the newest write that its JVM knew of when it began. */
    long writeBefore() {
        return jvm.knowledge().writeBefore(jvm.shard(), context.began());
    }

    /** Returns whether its JVM has seen something in the row's way, but not before it began. */
    boolean sawSinceItBegan() {
        Knowledge.SeenRow seen = jvm.knowledge().inTheWay(jvm.row());
        return seen != null && !seen.before(context.began());
    }

    private void put() {
        if (world.scope.mutant() == RowMutant.DATED_BY_ITS_BEGIN) {
            context.transactionJoined();
        }
        version = versionBefore();
        Knowledge.SeenRow seen = jvm.knowledge().inTheWay(jvm.row());
        expected = seen == null ? null : seen.digest();
        boolean made = jvm.rows.put(context, ID, snapshot, false);
        // The put of a transaction that is too old already is dropped at its end, without asking the store.
        boolean asks = context.began().young(world.ticker.getAsLong(), world.scope.ttl());
        if (made && asks) {
            phase = Phase.PUT;
        } else {
            complete();
        }
    }

    private void end() {
        if (phase == Phase.LOADED) {
            put();
        }
        if (phase == Phase.PUT) {
            complete();
        }
    }

    private void complete() {
        context.transactionCompleted(true);
        context = null;
        expected = null;
        version = 0;
        phase = Phase.IDLE;
    }
}
