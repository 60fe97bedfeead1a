package dev.dorm.cache.internal.redis.command;

/**
 * What is asked of commands besides that they are answered.
 *
 * @param believed whether the replies must come of a server of which there is proof
 * @param locks whether the replies count only from when locks of that server do
 * @param replicas how many replicas must have received what was written
 * @param replicationMillis how long to wait for these
 */
public record Sending(boolean believed, boolean locks, int replicas, long replicationMillis) {

    /** Nothing is asked. */
    public static final Sending PLAIN = new Sending(false, false, 0, 0);

    /** The replies are read, and what they say is served. */
    public static final Sending BELIEVED = new Sending(true, false, 0, 0);

    /** The commands guard a write. */
    public static final Sending LOCKS = new Sending(false, true, 0, 0);

    /** The commands guard a write, and so many replicas must have received them. */
    public static Sending replicated(int replicas, long millis) {
        return new Sending(false, true, replicas, millis);
    }
}
