package dev.dorm.cache.internal.metrics;

/** Whether a backend is called. */
public enum BreakerState {
    /** It is. */
    CLOSED,
    /** It failed too often and is bypassed. */
    OPEN,
    /** It is bypassed, and a probe is under way. */
    HALF_OPEN
}
