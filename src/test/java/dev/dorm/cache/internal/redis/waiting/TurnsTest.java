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
        for (int i = 0; i < 6; i++) {
            turns.take();
        }
        assertThatThrownBy(turns::take).isInstanceOf(BusyException.class).hasMessageContaining("6 threads");
        turns.giveBack();
        turns.take();
    }

    @Test
    void whoWaitsIsServedWhenItsTurnComes() {
        Turns turns = new Turns(1, Duration.ofMinutes(1));
        turns.take();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(turns::take);
        turns.giveBack();
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
