package dev.dorm.cache.internal.metrics;

/** Whether a backend is called, from the best to the worst. */
public enum BreakerState {
    /** It is. */
    CLOSED,
    /** It is bypassed, and a probe is under way. */
    HALF_OPEN,
    /** It failed too often and is bypassed. */
    OPEN
}
