package dev.dorm.cache.internal.redis.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.redis.waiting.Arrivals;
import dev.dorm.cache.internal.redis.waiting.LargeReplies;
import dev.dorm.cache.internal.redis.waiting.Patience;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisConnection;

/** Who may join whom on a connection, and when it is given back. */
class BorrowedConnectionTest {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<CompletableFuture<RedisConnection>> givenBack = new ArrayList<>();
    private final CompletableFuture<RedisConnection> connecting = new CompletableFuture<>();
    private Duration ahead = Duration.ZERO;
    private final BorrowedConnection connection = borrowed(connecting);

    /** Its clock is ahead, or behind, of the one by which bytes arrive. */
    private BorrowedConnection borrowed(CompletableFuture<RedisConnection> borrowed) {
        return new BorrowedConnection(
                borrowed, givenBack::add, new Patience(PATIENCE, () -> System.nanoTime() + ahead.toNanos()));
    }

    @BeforeEach
    void connect() {
        Arrivals.on(channel);
        connecting.complete(new RedisConnection(null, channel, new CompletableFuture<>()));
    }

    @Test
    void isGivenBackOnceByTheLastThatLeaves() {
        assertThat(connection.join()).isTrue();
        assertThat(connection.leave()).isFalse();
        assertThat(givenBack).isEmpty();
        assertThat(connection.leave()).isTrue();
        assertThat(givenBack).containsExactly(connecting);
        assertThat(connection.join()).isFalse();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void isForSoManyAtOnceOnly() {
        for (int users = 1; users < BorrowedConnection.MOST; users++) {
            assertThat(connection.join()).isTrue();
        }
        assertThat(connection.join()).isFalse();
        connection.leave();
        assertThat(connection.join()).isTrue();
    }

    @Test
    void goesBackToThePoolNowAndThenHoweverBusyItIs() {
        for (int joined = 0; joined < BorrowedConnection.MOST_JOINED; joined++) {
            assertThat(connection.join()).isTrue();
            assertThat(connection.leave()).isFalse();
        }
        assertThat(connection.join()).isFalse();
    }

    @Test
    void isJoinedOnlyWhenItIsThere() {
        CompletableFuture<RedisConnection> coming = new CompletableFuture<>();
        BorrowedConnection other = borrowed(coming);
        assertThat(other.join()).isFalse();
        coming.completeExceptionally(new IllegalStateException("refused"));
        assertThat(other.join()).isFalse();
        channel.close();
        assertThat(connection.join()).isFalse();
    }

    @Test
    void isNotJoinedWhileALargeReplyIsOnItsWay() {
        channel.writeInbound(Unpooled.buffer().writeZero(LargeReplies.LARGE));
        assertThat(connection.join()).isTrue();
        channel.writeInbound(Unpooled.buffer().writeZero(1));
        assertThat(connection.join()).isFalse();
        Arrivals.on(channel).replied();
        assertThat(connection.join()).isTrue();
    }

    @Test
    void isNotJoinedWhenItIsSilentForTooLong() {
        ahead = PATIENCE.plusMinutes(1);
        assertThat(connection.join()).isFalse();
        ahead = Duration.ZERO;
        assertThat(connection.join()).isTrue();
    }

    /** What was sent on it may be answered yet. */
    @Test
    void isJoinedThoughItWasSilentBeforeItWasBorrowed() {
        ahead = PATIENCE.plusMinutes(1);
        assertThat(borrowed(connecting).join()).isTrue();
    }

    @Test
    void isJoinedForAsLongAsRepliesCome() {
        ahead = PATIENCE.plusMinutes(1).negated();
        BorrowedConnection busy = borrowed(connecting);
        ahead = Duration.ZERO;
        channel.writeInbound(Unpooled.buffer().writeZero(1));
        assertThat(busy.join()).isTrue();
    }

    @Test
    void isUsedByNobodyElseAndClosedAtLastWhenSomethingWasNotAnswered() {
        connection.join();
        connection.spoil(channel);
        assertThat(connection.join()).isFalse();
        connection.leave();
        assertThat(channel.isActive()).isTrue();
        connection.leave();
        assertThat(channel.isActive()).isFalse();
        assertThat(givenBack).hasSize(1);
    }

    /** What one writes alone is not to wait for anything. */
    @Test
    void writesGoOutTogetherOnlyWhereSomebodyHasJoined() {
        assertThat(channel.pipeline().get(FlushConsolidationHandler.class)).isNull();
        connection.join();
        connection.join();
        assertThat(channel.pipeline().get(FlushConsolidationHandler.class)).isNotNull();
    }
}
