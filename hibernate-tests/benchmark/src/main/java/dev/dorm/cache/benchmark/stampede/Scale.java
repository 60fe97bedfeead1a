package dev.dorm.cache.benchmark.stampede;

import dev.dorm.cache.benchmark.Pace;
import java.time.Duration;

/**
 * How much of everything there is.
 *
 * @param processes JVMs
 * @param threads of each
 * @param ttl how long an entry lives
 * @param lives how many such times the first phase takes
 * @param warmUp how long the threads read before anything is counted
 * @param failover how long is counted from the moment Redis is killed
 */
record Scale(int processes, int threads, Duration ttl, int lives, Duration warmUp, Duration failover) {

    static Scale of(Pace pace) {
        return pace == Pace.SMOKE
                ? new Scale(2, 5, Duration.ofSeconds(1), 2, Duration.ofMillis(500), Duration.ofSeconds(2))
                : new Scale(4, 50, Duration.ofSeconds(2), 10, Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    /** Returns how long a phase takes; that of an eviction is over before the next entry ends. */
    Duration length(Phase phase) {
        return switch (phase) {
            case WARM_UP -> warmUp;
            case EXPIRIES -> ttl.multipliedBy(lives);
            case EVICTION -> ttl.dividedBy(2);
            case FAILOVER -> failover;
        };
    }
}
