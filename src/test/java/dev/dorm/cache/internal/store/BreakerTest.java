package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.metrics.Counters;
import org.junit.jupiter.api.Test;

/** The circuit breaker counts the calls from before its first failure, although there is nothing that judges them until then. */
class BreakerTest {

    private static final BackendException FAILURE = new BackendException("lost on the way");

    private final Breaker breaker = new Breaker(
            "default",
            Counters.ofAlias(),
            () -> 0,
            new OutageLog(
                    "default",
                    () -> {
                        throw new AssertionError("nobody asks why");
                    },
                    () -> 0));

    @Test
    void aSuccessBeforeTheFirstFailureIsOneOfTheCallsThatAreEnough() {
        breaker.succeeded(1);
        for (int n = 1; n < Breaker.ENOUGH; n++) {
            assertThat(breaker.closed()).isTrue();
            breaker.failed(1, FAILURE);
        }
        assertThat(breaker.closed()).isFalse();
    }

    @Test
    void aFullWindowOfSuccessesOutweighsFourFailures() {
        for (int n = 0; n < 3 * Breaker.WINDOW; n++) {
            breaker.succeeded(1);
        }
        for (int n = 1; n < Breaker.ENOUGH; n++) {
            breaker.failed(1, FAILURE);
        }
        assertThat(breaker.closed()).isTrue();
        breaker.failed(1, FAILURE);
        assertThat(breaker.closed()).isFalse();
    }
}
