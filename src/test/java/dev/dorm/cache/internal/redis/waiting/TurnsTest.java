package dev.dorm.cache.internal.redis.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BusyException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void someConnectionsAreLeftToWrites() {
        Turns turns = new Turns(8, Duration.ofMillis(1));
        Turns.Turn first = turns.take();
        for (int i = 1; i < 6; i++) {
            turns.take();
        }
        assertThatThrownBy(turns::take).isInstanceOf(BusyException.class).hasMessageContaining("6 threads");
        first.end();
        turns.take();
    }

    @Test
    void aTurnIsGivenBackOnce() {
        Turns turns = new Turns(1, Duration.ofMillis(1));
        Turns.Turn first = turns.take();
        first.end();
        turns.take();
        first.end();
        assertThatThrownBy(turns::take).isInstanceOf(BusyException.class);
    }

    @Test
    void whoWaitsIsServedWhenItsTurnComes() {
        Turns turns = new Turns(1, Duration.ofMinutes(1));
        Turns.Turn first = turns.take();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(turns::take);
        first.end();
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void tooManyDoNotWait() {
        Turns turns = new Turns(1, Duration.ofMinutes(1));
        turns.take();
        Thread[] waiting = new Thread[Turns.MOST_WAITING];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new Thread(() -> {
                try {
                    turns.take();
                } catch (BackendException interrupted) {
                    // The test is over.
                }
            });
            waiting[i].start();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(turns::take).isInstanceOf(BusyException.class));
        for (Thread each : waiting) {
            each.interrupt();
        }
    }
}
