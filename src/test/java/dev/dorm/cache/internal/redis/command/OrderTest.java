package dev.dorm.cache.internal.redis.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.redis.command.Sending.Order;
import dev.dorm.cache.internal.redis.waiting.Patience;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisConnection;
import org.redisson.config.MasterSlaveServersConfig;
import org.redisson.connection.MasterSlaveEntry;

/** Behind what others can be written, and on which connection. */
class OrderTest {

    private static final Server MASTER = Server.master(new MasterSlaveEntry(null, new MasterSlaveServersConfig()));
    private static final Server OTHER = Server.master(new MasterSlaveEntry(null, new MasterSlaveServersConfig()));

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Order first = new Order(List.of());

    private static BorrowedConnection on(CompletableFuture<RedisConnection> connecting) {
        return new BorrowedConnection(connecting, back -> {}, new Patience(Duration.ofHours(1), System::nanoTime));
    }

    private BorrowedConnection open() {
        return on(CompletableFuture.completedFuture(new RedisConnection(null, channel, new CompletableFuture<>())));
    }

    @Test
    void isThatOfTheConnection() {
        BorrowedConnection connection = open();
        first.wrote(MASTER, connection);
        assertThat(Order.isKeptBehind(List.of(first))).isTrue();
        Order second = new Order(List.of(first));
        assertThat(second.join(MASTER)).isSameAs(connection);
        assertThat(connection.leave()).as("there is one user more").isFalse();
        assertThat(second.join(OTHER)).as("nothing was sent there").isNull();
    }

    @Test
    void thereIsNoneBehindWhatHasNoConnectionYet() {
        assertThat(Order.isKeptBehind(List.of(first))).isFalse();
        first.wrote(MASTER, on(new CompletableFuture<>()));
        assertThat(Order.isKeptBehind(List.of(first))).isFalse();
        assertThat(new Order(List.of(first)).join(MASTER)).isNull();
    }

    @Test
    void thereIsNoneBehindWhatWentOutOnceMore() {
        first.wrote(MASTER, open());
        first.wrote(MASTER.afresh(), open());
        assertThat(Order.isKeptBehind(List.of(first))).isFalse();
    }

    @Test
    void thereIsNoneOnAConnectionThatIsLostOrSpoilt() {
        BorrowedConnection connection = open();
        first.wrote(MASTER, connection);
        connection.spoil(channel);
        assertThat(Order.isKeptBehind(List.of(first))).isFalse();
        Order lost = new Order(List.of());
        lost.wrote(MASTER, open());
        channel.close();
        assertThat(Order.isKeptBehind(List.of(lost))).isFalse();
        assertThat(new Order(List.of(lost)).join(MASTER)).isNull();
    }

    @Test
    void eachServerHasItsOwn() {
        BorrowedConnection one = open();
        BorrowedConnection other = open();
        first.wrote(MASTER, one);
        first.wrote(OTHER, other);
        assertThat(Order.isKeptBehind(List.of(first))).isTrue();
        Order second = new Order(List.of(first));
        assertThat(second.join(OTHER)).isSameAs(other);
        second.wrote(OTHER, other);
        assertThat(Order.isKeptBehind(List.of(first, second)))
                .as("one connection to each")
                .isTrue();
        second.wrote(MASTER, other);
        assertThat(Order.isKeptBehind(List.of(first, second))).isFalse();
    }

    /** Or each would hold the one before it, for as long as one row is written again and again. */
    @Test
    void whatHasEndedHoldsNothingOfBefore() {
        first.wrote(MASTER, open());
        Order second = new Order(List.of(first));
        second.end();
        assertThat(second.join(MASTER)).isNull();
    }
}
