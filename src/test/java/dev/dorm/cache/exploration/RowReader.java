package dev.dorm.cache.exploration;

import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.store.ObservedState;
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
    private final RowScope.Reading reading;
    Phase phase = Phase.IDLE;
    int left;
    int floor;
    int snapshot;

    /** Whether it has committed what it raised. */
    private boolean committed;

    /** The version and the bytes that the waiting put was made for. */
    long version;

    @Nullable
    String expected;

    @Nullable
    SessionContext context;

    RowReader(RowWorld world, VirtualJvm jvm, RowScope.Reads reads) {
        this.world = world;
        this.jvm = jvm;
        this.left = reads.transactions();
        this.reading = reads.reading();
    }

    List<String> enabled() {
        return switch (phase) {
            case IDLE -> left > 0 ? List.of("begin") : List.of();
            case BEGUN -> begun();
            case LOADED -> List.of("end");
            case PUT -> ends();
        };
    }

    private List<String> begun() {
        return switch (reading) {
            case ONLY -> List.of("get", "load");
            case RAISES -> world.raised() ? List.of() : List.of("raise");
            case UNDOES -> world.raised() ? List.of() : List.of("change");
        };
    }

    private List<String> ends() {
        if (reading == RowScope.Reading.RAISES && !committed) {
            return List.of("commit", "rollback");
        }
        return world.copies > 0 ? List.of("end", "hold") : List.of("end");
    }

    /** Returns whether it has changed the row in the database, and its transaction is not over. */
    boolean holdsRow() {
        return reading != RowScope.Reading.ONLY && phase == Phase.PUT && !committed;
    }

    void take(String step) {
        switch (step) {
            case "begin" -> begin();
            case "get" -> get();
            case "load" -> load();
            case "raise", "change" -> change(step);
            case "commit" -> {
                committed = true;
                world.committed = snapshot;
            }
            case "rollback" -> complete(world.scope.mutant() == RowMutant.PUT_WAITS_FOR_THE_COMMIT);
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
        floor = world.told;
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

    /** Reads what it has itself written, and nobody has committed. */
    private void change(String step) {
        if (step.equals("change")) {
            context.preInvalidate(VirtualQueries.TABLES);
        }
        snapshot = world.committed + 1;
        long known = versionBefore();
        ObservedState.SeenRow seen = jvm.observed().inTheWay(jvm.row());
        expected = seen == null ? null : seen.digest();
        version = jvm.rows.put(context, ID, snapshot, false) ? known : 0;
        phase = Phase.PUT;
    }

    /** Returns the version under which it could put, or 0. */
    long versionBefore() {
        return jvm.observed().versionBefore(jvm.shard(), context.began());
    }

    /** Returns the newest write that its JVM knew of when it began. */
    long writeBefore() {
        return jvm.observed().writeBefore(jvm.shard(), context.began());
    }

    /** Returns whether its JVM has seen something in the row's way, but not before it began. */
    boolean sawSinceItBegan() {
        ObservedState.SeenRow seen = jvm.observed().inTheWay(jvm.row());
        return seen != null && !seen.before(context.began());
    }

    private void put() {
        if (world.scope.mutant() == RowMutant.DATED_BY_ITS_BEGIN) {
            context.transactionJoined();
        }
        version = versionBefore();
        ObservedState.SeenRow seen = jvm.observed().inTheWay(jvm.row());
        expected = seen == null ? null : seen.digest();
        boolean made = jvm.rows.put(context, ID, snapshot, false);
        // The put of a transaction that is too old already is dropped at its end, without asking the store.
        boolean asks = context.began().young(world.ticker.getAsLong(), world.scope.shortest());
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
        complete(true);
    }

    private void complete(boolean successful) {
        context.transactionCompleted(successful);
        context = null;
        expected = null;
        version = 0;
        committed = false;
        phase = Phase.IDLE;
    }
}
