package dev.dorm.cache.benchmark.stampede;

/** What happens to the cache while all threads read. */
enum Phase {
    /** Nothing of it is shown: the threads have just begun. */
    WARM_UP,
    /** The entry ends by its time to live, again and again. */
    EXPIRIES,
    /** It is evicted once, by the application. */
    EVICTION,
    /** Redis is killed, and another one without data takes its place. */
    FAILOVER;

    /** Returns whether it is counted, and Redis is there. */
    boolean isQuiet() {
        return this == EXPIRIES || this == EVICTION;
    }
}
