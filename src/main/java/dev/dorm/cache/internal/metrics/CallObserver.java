package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.backend.Step;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Is told of the calls of a backend, as they begin and end: for tracing. Thread-safe. */
public interface CallObserver {

    /** A call under way. */
    interface Call {

        /** It has ended, on any thread: with this failure, or null. */
        void ended(@Nullable Throwable failure);

        /** Does what the call is, on this thread, and says that it has ended. */
        default <T> T around(Supplier<T> work) {
            try {
                T result = work.get();
                ended(null);
                return result;
            } catch (RuntimeException e) {
                ended(e);
                throw e;
            }
        }
    }

    /** Nobody observes: nothing is made for a call. */
    CallObserver NOBODY = steps -> failure -> {};

    /** Says that steps are sent, on the thread that sends them. */
    Call begins(List<? extends Step<?>> steps);
}
