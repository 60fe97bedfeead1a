package dev.dorm.cache.exploration;

import dev.dorm.cache.exploration.QueryScope.Kind;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session that writes the table. */
final class QueryWriter {

    /** How far its transaction has come. */
    enum Phase {
        IDLE,
        LOCKED,
        COMMITTED,
        /** Its commit was reported to have failed, and may come all the same. */
        IN_DOUBT,
        DONE,
        DEAD
    }

    private final QueryWorld world;
    private final VirtualJvm jvm;
    private final Kind kind;
    private final int index;
    Phase phase = Phase.IDLE;
    int left;

    /** Its lock was lost before it released its tables. */
    boolean lost;

    private @Nullable SessionContext context;

    QueryWriter(QueryWorld world, VirtualJvm jvm, Kind kind, int index) {
        this.world = world;
        this.jvm = jvm;
        this.kind = kind;
        this.index = index;
        this.left = kind.times;
    }

    List<String> enabled() {
        return switch (phase) {
            case IDLE -> List.of("lock");
            case LOCKED -> kind == Kind.ONCE ? List.of("commit", "fail") : List.of("commit");
            case COMMITTED -> List.of("unlock");
            case IN_DOUBT -> List.of("finish");
            case DONE, DEAD -> List.of();
        };
    }

    void take(String step) {
        switch (step) {
            case "lock" -> lock();
            case "commit" -> {
                world.committed++;
                phase = Phase.COMMITTED;
            }
            case "fail" -> {
                context.transactionCompleted(false);
                if (world.scope.mutant() == QueryMutant.FAILED_COMMIT_IS_NO_ROLLBACK) {
                    world.release(jvm.lastToken());
                }
                phase = Phase.IN_DOUBT;
            }
            case "finish" -> {
                world.committed++;
                phase = Phase.DONE;
            }
            case "unlock" -> unlock();
            default -> throw new IllegalArgumentException(step);
        }
    }

    private void lock() {
        if (kind == Kind.ONCE) {
            context = jvm.begin();
            context.preInvalidate(VirtualQueries.TABLES);
            context.transactionCompleting();
        } else {
            context = context == null ? jvm.open() : context;
            context.preInvalidate(VirtualQueries.TABLES);
        }
        left--;
        world.writerOf.put(jvm.lastToken(), index + Symmetry.ROUND * left);
        phase = Phase.LOCKED;
    }

    private void unlock() {
        if (kind == Kind.ONCE) {
            context.transactionCompleted(true);
        } else {
            context.invalidate(VirtualQueries.TABLES);
        }
        phase = left > 0 ? Phase.IDLE : Phase.DONE;
        lost = false;
    }

    /** Dies before its commit, if it has not come by now; after it, a dead writer is but a very slow one. */
    void crash() {
        if (phase == Phase.LOCKED || phase == Phase.IN_DOUBT) {
            phase = Phase.DEAD;
        }
    }

    /** Returns whether a lock is this writer's, for what it is about to commit or has just committed. */
    boolean holds(int token) {
        boolean underWay = phase == Phase.LOCKED || phase == Phase.COMMITTED || phase == Phase.IN_DOUBT;
        return underWay && token == index + Symmetry.ROUND * left;
    }

    /** It has committed, and its lock was lost before: a stale result may be seen until it releases its tables. */
    boolean inLossWindow() {
        return lost && (phase == Phase.COMMITTED || phase == Phase.DONE);
    }
}
