package dev.dorm.cache.coherence;

/**
 * A verified, decoded row in this process.
 *
 * @param value what Hibernate is given
 * @param stamp what had been heard when it was read
 * @param until when its time is over, by this process's monotonic clock
 */
record NearEntry(Object value, NearStamp stamp, long until) {}
