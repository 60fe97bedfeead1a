package dev.dorm.cache.internal.redis.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.redis.waiting.Arrivals;
import dev.dorm.cache.internal.redis.waiting.LargeReplies;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisConnection;

/** Who may join whom on a connection, and when it is given back. */
class BorrowedConnectionTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<CompletableFuture<RedisConnection>> givenBack = new ArrayList<>();
    private final CompletableFuture<RedisConnection> connecting = new CompletableFuture<>();
    private final BorrowedConnection connection = new BorrowedConnection(connecting, givenBack::add);

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
        BorrowedConnection other = new BorrowedConnection(coming, givenBack::add);
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
