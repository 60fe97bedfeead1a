package dev.dorm.cache.internal.redis.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.BackendException;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A reply is waited for as long as bytes of it come. */
class ArrivingTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void aReplyThatIsStillComingIsWaitedFor() {
        CompletableFuture<String> reply = new CompletableFuture<>();
        AtomicInteger looks = new AtomicInteger();
        Arriving coming = () -> {
            if (looks.incrementAndGet() == 5) {
                reply.complete("all of it");
            }
            return 0;
        };
        assertThat(coming.await(SHORT, reply)).isEqualTo("all of it");
        assertThat(looks).hasValue(5);
    }

    @Test
    void oneOfWhichNothingComesIsGivenUp() {
        Arriving silent = () -> Long.MAX_VALUE;
        assertThatThrownBy(() -> silent.await(SHORT, new CompletableFuture<>()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no reply within 1 ms");
    }

    @Test
    void oneThatStoppedComingIsGivenUp() {
        Arriving stalled = () -> SHORT.toNanos();
        assertThatThrownBy(() -> stalled.await(SHORT, new CompletableFuture<>()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no reply within 1 ms");
    }

    @Test
    void whoHasStoodStillLooksOnceMore() {
        CompletableFuture<String> reply = new CompletableFuture<>();
        Arriving standsStill = () -> {
            LockSupport.parkNanos(2 * Arriving.STALL.toNanos());
            reply.completeAsync(() -> "reply", CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
            return Long.MAX_VALUE;
        };
        assertThat(standsStill.await(SHORT, reply)).isEqualTo("reply");
    }

    @Test
    void nobodyWaitsForEver() {
        Arriving coming = () -> 0;
        long longAgo = System.nanoTime() - Arriving.LONGEST.toNanos();
        assertThat(coming.rest(longAgo, SHORT)).isNotPositive();
        long justNow = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
        assertThat(coming.rest(justNow, SHORT)).isPositive();
    }

    @Test
    void aConnectionTellsThatBytesCame() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Arrivals arrivals = Arrivals.on(channel);
        assertThat(Arrivals.on(channel)).isSameAs(arrivals);
        assertThat(arrivals.idle()).isEqualTo(Long.MAX_VALUE);
        channel.writeInbound("bytes");
        assertThat(channel.<String>readInbound()).isEqualTo("bytes");
        assertThat(arrivals.idle()).isLessThan(Long.MAX_VALUE);
    }
}
