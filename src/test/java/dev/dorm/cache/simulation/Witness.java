package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import org.jspecify.annotations.Nullable;

/** Is told of every step that was taken, for the judge. */
interface Witness {

    /** Tells also what stood in the row's place before a put; null for nothing, and other steps. */
    void took(int process, Step<?> step, Replies replies, byte @Nullable [] before);

    /** Is told of a step whose sender does not wait for it any more. */
    void tookLate(String who, Step<?> step, Replies replies);
}
