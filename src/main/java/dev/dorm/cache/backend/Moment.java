package dev.dorm.cache.backend;

/**
 * When a step was taken, as the store itself says.
 *
 * @param micros the store's time, in microseconds since 1970; 0 when it is not told
 * @param written the number of the newest {@linkplain Shard#writtenKey write} in the shard, this step's own included; 0
 *     when it is not told
 */
public record Moment(long micros, long written) {

    /** Nothing is told. */
    public static final Moment UNTOLD = new Moment(0, 0);
}
