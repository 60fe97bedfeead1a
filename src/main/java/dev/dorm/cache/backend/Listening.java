package dev.dorm.cache.backend;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A subscription to what happens in a store: what {@link Backend#listen} returns. Thread-safe. */
public interface Listening extends AutoCloseable {

    /**
     * Listens on channels, and asks whether everything has arrived, without waiting. A channel that is new is listened on from
     * some beat on, and one that is not named any more need not be told of.
     *
     * @param channels the {@linkplain Shard#channel() channels} of all shards of which something is kept, or is to be
     * @return those on which the {@link Listener} has been told of everything that happened before this call, and since it was
     *     last told that something was lost, there or on {@linkplain Listener#lost all}; and will be told of what happens from
     *     now on, or else be told that it was lost. Fails when that can be said of none, as long as there is no connection
     */
    CompletableFuture<Set<String>> beat(Collection<String> channels);

    /**
     * Asks for what {@link Backend#isProven} needs, where it is due, without waiting. It is called some times a second, also
     * while a {@link #beat} is not answered.
     */
    default void prove() {}

    /** Ends the listening. Idempotent. */
    @Override
    void close();
}
