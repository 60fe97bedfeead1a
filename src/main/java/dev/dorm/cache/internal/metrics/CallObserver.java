package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.backend.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of the calls of a backend, as they begin and end: for tracing. Thread-safe. */
public interface CallObserver {

    /** A call under way. */
    interface Call {

        /** It has ended, on any thread: with this failure, or null. */
        void ended(@Nullable Throwable failure);
    }

    /** Nobody observes: nothing is made for a call. */
    CallObserver NOBODY = steps -> failure -> {};

    /** Says that steps are sent, on the thread that sends them. */
    Call begins(List<? extends Step<?>> steps);
}
