package dev.dorm.cache.exploration;

import dev.dorm.cache.internal.row.Written;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.List;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** A session that reads the row and changes one of its two columns; its statement writes that column, or both. */
final class PartialWriter implements Written {

    private static final String ID = "1";

    /** What its statement writes. */
    enum Kind {
        LEFT,
        RIGHT,
        BOTH
    }

    /** How far its transaction has come. */
    enum Phase {
        IDLE,
        BEGUN,
        READ,
        /** Its lock was sent, and its statement comes next. */
        TRAVELLING,
        FLUSHED,
        LOCKED,
        COMMITTED,
        DONE
    }

    final VirtualJvm jvm;
    final Kind kind;
    private final PartialWorld world;
    private final int index;
    Phase phase = Phase.IDLE;
    int state;
    private int snapshot;
    private @Nullable Integer taken;
    boolean found;
    String token = "";

    private @Nullable SessionContext context;
    private @Nullable SoftLock lock;

    /** What it read, as Hibernate holds an entity's loaded state. */
    private Object[] before = {};

    private Object[] after = {};

    PartialWriter(PartialWorld world, VirtualJvm jvm, Kind kind, int index) {
        this.world = world;
        this.jvm = jvm;
        this.kind = kind;
        this.index = index;
    }

    List<String> enabled() {
        return switch (phase) {
            case IDLE -> List.of("begin");
            // What it has taken from the cache, it may give up, and load from a snapshot that is older.
            case BEGUN -> taken == null ? List.of("get", "load", "peek") : List.of("load");
            // The database makes the statement wait for another's commit.
            case READ, TRAVELLING -> {
                List<String> statement = world.isWritten() ? List.of() : List.of("flush");
                yield phase == Phase.READ && world.early ? List.of("travel") : statement;
            }
            case FLUSHED -> List.of("lock");
            case LOCKED -> List.of("commit", "rollback");
            case COMMITTED -> List.of("unlock");
            case DONE -> List.of();
        };
    }

    void take(String step) {
        switch (step) {
            case "begin" -> begin();
            case "peek" -> taken = (Integer) jvm.rows.get(context, ID);
            case "get", "load" -> read(step.equals("get"));
            case "travel" -> travel();
            case "flush" -> flush();
            case "lock" -> lock();
            case "commit" -> commit();
            case "rollback" -> end(false);
            case "unlock" -> end(true);
            default -> throw new IllegalArgumentException(step);
        }
    }

    private void begin() {
        context = jvm.begin();
        snapshot = world.row;
        phase = Phase.BEGUN;
    }

    private void read(boolean fromCache) {
        if (fromCache) {
            taken = (Integer) jvm.rows.get(context, ID);
        }
        state = fromCache && taken != null ? taken : snapshot;
        before = new Object[] {state};
        phase = Phase.READ;
    }

    /** Its lock arrives at once; the statement may have to wait for another's commit. */
    private void travel() {
        expectEntry();
        lock = jvm.rows.writes().lock(context, ID);
        context.early().send();
        token = jvm.lastToken();
        phase = Phase.TRAVELLING;
    }

    private void expectEntry() {
        Integer entry = world.entry();
        found = taken != null && taken.equals(entry);
    }

    private void flush() {
        lock = jvm.rows.writes().lock(context, ID);
        state = changed(state);
        after = new Object[] {state};
        jvm.rows.writes().wrote(context, ID, this);
        phase = Phase.FLUSHED;
    }

    private void lock() {
        if (!world.early) {
            expectEntry();
        }
        context.transactionCompleting();
        token = jvm.lastToken();
        phase = Phase.LOCKED;
    }

    private void commit() {
        world.row = kind == Kind.BOTH ? state : changed(world.row);
        phase = Phase.COMMITTED;
    }

    /** Each writer has a value of its own; a row is ten times its left column, and the right one. */
    private int changed(int row) {
        int value = index + 1;
        return switch (kind) {
            case LEFT, BOTH -> value * 10 + row % 10;
            case RIGHT -> row / 10 * 10 + value;
        };
    }

    private void end(boolean successful) {
        jvm.rows.writes().unlock(context, lock, successful ? state : null);
        context.transactionCompleted(successful);
        phase = Phase.DONE;
    }

    boolean isWriting() {
        return phase == Phase.FLUSHED || phase == Phase.LOCKED;
    }

    String picture() {
        return switch (phase) {
            case IDLE, DONE -> phase.name();
            case BEGUN -> phase + " " + snapshot + " " + taken;
            default -> phase + " " + state + " " + before[0] + " " + taken + (found ? "f" : "");
        };
    }

    @Override
    public boolean whole() {
        return kind == Kind.BOTH || world.mutant == PartialMutant.WHOLE;
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public Object[] before() {
        return before;
    }

    @Override
    public Object[] after() {
        return after;
    }

    @Override
    public boolean beganWith(Object entry) {
        return world.mutant == PartialMutant.STATE_OF_THE_ENTRY || entry.equals(before[0]);
    }
}
