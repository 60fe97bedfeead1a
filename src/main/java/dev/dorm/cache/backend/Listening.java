package dev.dorm.cache.backend;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A subscription to what happens in a store: what {@link Backend#listen} returns. Thread-safe. */
public interface Listening extends AutoCloseable {

    /**
     * Asks whether everything has arrived, without waiting.
     *
     * @return completes when the {@link Listener} has been told of everything that happened before this call and since
     *     it was last told that something was {@linkplain Listener#lost lost}; fails when that cannot be said, as long
     *     as there is no connection
     */
    CompletableFuture<@Nullable Void> beat();

    /**
     * Asks for what {@link Backend#isProven} needs, where it is due, without waiting. It is called some times a second, also
     * while a {@link #beat} is not answered.
     */
    default void prove() {}

    /** Ends the listening. Idempotent. */
    @Override
    void close();
}
