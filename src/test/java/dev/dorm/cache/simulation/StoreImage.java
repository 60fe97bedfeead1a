package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What the simulated server holds, and does with steps: the real thing, in virtual time. */
public interface StoreImage extends AutoCloseable {

    /** Takes one step; the keys of which subscribers are told are added to {@code told}. */
    Replies run(Step<?> step, Collection<String> told);

    /** Reads keys. */
    Map<String, byte[]> read(Collection<String> keys);

    /**
     * Registers on channels, as {@code register.lua}.
     *
     * @param life how long a registration stands
     * @param token what no other call has
     * @return the name of each registration
     */
    Map<String, String> register(Collection<String> channels, Duration life, String token);

    /** Lets time pass. */
    void elapse(Duration time);

    /** Sets the server's clock. Returns false where that cannot be done. */
    boolean setClock(Duration by);

    /** Returns the keys that it holds. */
    SortedSet<String> keys();

    /** Loses one key. */
    void lose(String key);

    /** Keeps a copy of everything, for {@link #restart}. */
    void save();

    /** Holds what was saved last, or nothing, in the memory of another server. */
    void restart(boolean saved);

    /** Holds nothing any more, and is the same server as before to all who ask. */
    void flush();

    /** Another server goes on with what was saved last; what there was is still read by some. */
    default void demote() {
        restart(true);
    }

    /** Takes a step that reads, from what there was at the last demotion. Returns null where that cannot be done. */
    default @Nullable Replies runOnReplica(Step<?> step) {
        return null;
    }

    /** Reads keys, from what there was at the last demotion. */
    default Map<String, byte[]> readOnReplica(Collection<String> keys) {
        return Map.of();
    }

    /** Returns a name of the server's memory, which a restart changes. */
    String memory();

    @Override
    void close();
}
