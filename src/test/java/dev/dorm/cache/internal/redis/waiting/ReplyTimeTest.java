package dev.dorm.cache.internal.redis.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplyTimeTest {

    private static final long MILLI = 1_000_000;

    private long now = 7_000_000_000L;
    private final ReplyTime time = new ReplyTime(Duration.ofMillis(250), () -> now);

    @Test
    void theFirstHalfBeginsWhenTheCommandsAreWritten() {
        time.start();
        long begin = now;
        now += 125 * MILLI;
        assertThat(time.moreOfFirstHalf(begin + MILLI)).isEqualTo(MILLI);
        assertThat(time.moreOfFirstHalf(begin + 100 * MILLI)).isEqualTo(100 * MILLI);
        now += 100 * MILLI;
        assertThat(time.moreOfFirstHalf(begin + 100 * MILLI)).isZero();
        assertThat(time.rest()).isEqualTo(Duration.ofMillis(125));
    }

    @Test
    void whatIsNotWrittenWaitsForTheWholeTimeAtMost() {
        time.start();
        now += 125 * MILLI;
        assertThat(time.moreOfFirstHalf(0)).isEqualTo(125 * MILLI);
        now += 125 * MILLI;
        assertThat(time.moreOfFirstHalf(0)).isZero();
        assertThat(time.rest()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void itBeginsAnewWhenTheProcessHasStoodStill() {
        time.start();
        long written = now + MILLI;
        long expected = now + 125 * MILLI;
        now += 1_600 * MILLI;
        assertThat(time.beginsAnew(expected)).isTrue();
        assertThat(time.moreOfFirstHalf(written)).isEqualTo(125 * MILLI);
        assertThat(time.rest()).isEqualTo(Duration.ofMillis(250));
        now += 125 * MILLI;
        assertThat(time.moreOfFirstHalf(written)).isZero();
    }

    @Test
    void aProcessThatStandsStillAgainAndAgainWaitsNoLonger() {
        time.start();
        for (int stall = 1; stall <= 3; stall++) {
            now += 1_600 * MILLI;
            assertThat(time.beginsAnew(now - 300 * MILLI)).isTrue();
            assertThat(time.moreOfFirstHalf(0)).isPositive();
        }
        now += 1_600 * MILLI;
        assertThat(time.beginsAnew(now - 300 * MILLI)).isFalse();
        assertThat(time.moreOfFirstHalf(0)).isNegative();
    }

    @Test
    void aLittleLateIsNoStandstill() {
        time.start();
        now += 250 * MILLI;
        assertThat(time.beginsAnew(now - 125 * MILLI)).isFalse();
        assertThat(time.beginsAnew(now - 150 * MILLI)).as("a timer's tick").isFalse();
    }

    @Test
    void aReplyThatIsThereIsTakenHoweverLateItIsLookedAt() {
        time.start();
        now += 1_000 * MILLI;
        assertThat(time.firstHalf(() -> 0, CompletableFuture.completedFuture("reply")))
                .isEqualTo("reply");
    }

    @Test
    void theMessageTellsTheWholeTime() {
        BackendException late = new BackendException("no reply within 1 ms", new TimeoutException());
        assertThat(time.inFull(late)).hasMessage("no reply within 250 ms (setting timeout)");
        BackendException other = new BackendException("refused");
        assertThat(time.inFull(other)).isSameAs(other);
    }

    @Test
    void whoHasStoodStillWaitsOnceMore() {
        CompletableFuture<Object> reply = new CompletableFuture<>();
        Iterator<Long> readings = List.of(0L, 0L, 1_600L, 1_600L, 1_600L).iterator();
        ReplyTime stalled = new ReplyTime(Duration.ofMillis(20), () -> {
            long millis = readings.hasNext() ? readings.next() : 1_600;
            if (!readings.hasNext()) {
                reply.complete("reply");
            }
            return 1 + millis * MILLI;
        });
        stalled.start();
        assertThat(stalled.firstHalf(() -> 1, reply)).isEqualTo("reply");
    }

    @Test
    void noneHasComeWhenTheFirstHalfIsOver() {
        time.start();
        now += 249 * MILLI;
        assertThat(time.firstHalf(() -> now - 200 * MILLI, new CompletableFuture<>()))
                .isSameAs(ReplyTime.NONE);
    }

    @Test
    void isLateOnlyWhatHasNotCome() {
        assertThat(time.isLate(MILLI, CompletableFuture.completedFuture("reply")))
                .isFalse();
        assertThat(time.isLate(MILLI, new CompletableFuture<>())).isTrue();
        assertThat(time.isLate(125 * MILLI, new CompletableFuture<>())).isFalse();
    }

    @Test
    void aProcessThatStandsStillTakesNothingForLateAtOnce() {
        CompletableFuture<Object> reply = new CompletableFuture<>();
        assertThat(standingStill(() -> reply.complete("reply")).isLate(MILLI, reply))
                .isFalse();
        assertThat(standingStill(() -> {}).isLate(MILLI, new CompletableFuture<>()))
                .isTrue();
    }

    /** Stands still for 10 ms at each look at the clock, and does something at one of them. */
    private static ReplyTime standingStill(Runnable work) {
        AtomicInteger looks = new AtomicInteger();
        return new ReplyTime(Duration.ofMillis(250), () -> {
            int look = looks.incrementAndGet();
            if (look == 8) {
                work.run();
            }
            return 10 * MILLI * look;
        });
    }
}
