package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.handler.CommandBatchEncoder;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandEncoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.CommandsData;
import org.redisson.client.protocol.RedisCommand;

class LostRepliesTest {

    private int looks;

    /** Redisson's, which looks at each reply that it finds. */
    private final CommandDecoder decoder = new CommandDecoder("redis") {

        @Override
        protected void skipDecode(ByteBuf in) throws IOException {
            looks++;
            super.skipDecode(in);
        }
    };

    private final EmbeddedChannel channel = new EmbeddedChannel(
            LostReplies.INSTANCE,
            new CommandEncoder(command -> command),
            CommandBatchEncoder.INSTANCE,
            new CommandsQueue(),
            decoder);

    @Test
    void whoWaitsForABatchIsToldThatItsConnectionHasEndedAndWhatCameOfItIsForgotten() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        channel.writeAndFlush(new CommandsData(answered, List.of(get("a"), get("b")), false, false));
        channel.writeInbound(Unpooled.copiedBuffer("*1\r\n:1\r\n", UTF_8));
        assertThat(answered).isNotDone();
        looks = 0;
        channel.close();
        assertThat(answered).isCompletedExceptionally();
        assertThat(answered)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RedisConnectionException.class);
        assertThat(looks).isZero();
    }

    private static CommandData<Object, Object> get(String key) {
        return new CommandData<>(
                new CompletableFuture<>(), ByteArrayCodec.INSTANCE, new RedisCommand<>("GET"), new Object[] {key});
    }
}
