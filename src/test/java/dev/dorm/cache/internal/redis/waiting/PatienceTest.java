package dev.dorm.cache.internal.redis.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long MILLI = 1_000_000;

    private long now = 7_000_000_000L;
    private final Patience patience = new Patience(Duration.ofMillis(5), () -> now);

    private void took(int replies, long nanos) {
        for (int i = 0; i < replies; i++) {
            patience.took(nanos);
        }
    }

    @Test
    void lastsForAMomentWhereRepliesComeAtOnce() {
        long since = now;
        now += 5 * MILLI;
        assertThat(patience.isOverSince(since)).isFalse();
        now += 1;
        assertThat(patience.isOverSince(since)).isTrue();
    }

    @Test
    void lastsSeveralTimesAsLongAsRepliesUsuallyTake() {
        took(100, 2 * MILLI);
        assertThat(patience.nanos()).isBetween(12_900_000L, 13 * MILLI);
        took(100, MILLI);
        assertThat(patience.nanos()).isBetween(8_900_000L, 9_100_000L);
    }

    /** Farther away than the moment: it is learned from replies that seem to be held up. */
    @Test
    void learnsOfALongWay() {
        took(100, 100 * MILLI);
        assertThat(patience.nanos()).isBetween(400 * MILLI, 405 * MILLI);
    }

    @Test
    void aReplyThatWasHeldUpChangesLittle() {
        took(100, 0);
        patience.took(30_000 * MILLI);
        assertThat(patience.nanos()).isLessThan(8 * MILLI);
        took(20, 0);
        assertThat(patience.nanos()).isLessThan(6 * MILLI);
    }
}
