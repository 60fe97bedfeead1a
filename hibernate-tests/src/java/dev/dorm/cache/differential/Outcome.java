package dev.dorm.cache.differential;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step.
 *
 * @param seen what it has read, in its order
 * @param failure why its transaction was rolled back, or null
 */
record Outcome(List<Seen> seen, @Nullable Throwable failure) {

    boolean failed() {
        return failure != null;
    }
}
