package dev.dorm.cache.coherence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session that writes the table once. */
final class QueryWriter {

    /** How far its transaction has come. */
    enum Phase {
        IDLE,
        LOCKED,
        COMPLETED,
        DONE,
        DEAD
    }

    private final QueryWorld world;
    private final VirtualJvm jvm;
    private final int index;
    Phase phase = Phase.IDLE;
    boolean committed;
    private @Nullable SessionContext context;

    QueryWriter(QueryWorld world, VirtualJvm jvm, int index) {
        this.world = world;
        this.jvm = jvm;
        this.index = index;
    }

    List<String> enabled() {
        return switch (phase) {
            case IDLE -> List.of("lock");
            case LOCKED -> List.of("commit", "rollback");
            case COMPLETED -> List.of("unlock");
            case DONE, DEAD -> List.of();
        };
    }

    void take(String step) {
        switch (step) {
            case "lock" -> {
                context = jvm.begin();
                context.preInvalidate(VirtualQueries.TABLES);
                context.transactionCompleting();
                world.writerOf.put(jvm.lastToken(), index);
                phase = Phase.LOCKED;
            }
            case "commit" -> {
                world.committed++;
                committed = true;
                phase = Phase.COMPLETED;
            }
            case "rollback" -> phase = Phase.COMPLETED;
            case "unlock" -> {
                context.transactionCompleted(committed);
                phase = Phase.DONE;
            }
            default -> throw new IllegalArgumentException(step);
        }
    }

    /** Dies before its commit, if it has not come by now; after it, a dead writer is but a very slow one. */
    void crash() {
        if (phase == Phase.LOCKED) {
            phase = Phase.DEAD;
        }
    }
}
