package dev.dorm.cache.internal.near;

import org.jspecify.annotations.Nullable;

/**
 * A verified, decoded row in this process.
 *
 * @param value what Hibernate is given
 * @param origin from which entry it is, if a statement may write a part of the row
 * @param stamp what had been told when it was read
 * @param until when its time is over, by this process's monotonic clock
 */
public record NearEntry(Object value, @Nullable Origin origin, NearStamp stamp, long until) {}
