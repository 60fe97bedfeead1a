package dev.dorm.cache.internal.live;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a shard of a store in this process. Thread-safe.
 *
 * <p>What is served here is what {@link dev.dorm.cache.backend.Step.ReadRows} would find at the same moment. All else is for that
 * step to say.
 */
public interface LiveShard {

    /**
     * Returns what was made of a row's entry, if it stands, is of the current version, and no region lock stands.
     *
     * @param key the row's key
     * @param owner for whom it was made
     * @return null when nothing was made of it for that owner, or the step must tell
     */
    @Nullable
    Object get(String key, Object owner);

    /**
     * Takes note of what was made of an entry, for as long as it stands.
     *
     * @param key the row's key
     * @param bytes the entry, as the store has handed it out
     * @param made what was made of it
     */
    void put(String key, byte[] bytes, Made made);

    /**
     * What was made of an entry.
     *
     * @param owner for whom
     * @param version which version the entry is of
     * @param value what it is
     */
    record Made(Object owner, long version, Object value) {}
}
