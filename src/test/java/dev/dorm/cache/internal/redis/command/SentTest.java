package dev.dorm.cache.internal.redis.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.redis.ability.Abilities;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.handler.CommandBatchEncoder;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandEncoder;
import org.redisson.client.handler.CommandsQueue;

/** Through Redisson's own handlers: each of those that share a connection finds its own reply, whoever has left. */
class SentTest {

    private static final String INFO = bulk("role:master");

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new CommandEncoder(command -> command),
            CommandBatchEncoder.INSTANCE,
            new CommandsQueue(),
            new CommandDecoder("redis"));

    @Test
    void whoLeavesBetweenTwoOfItsRepliesTakesNoneOfTheOthers() {
        CompletableFuture<@Nullable Object> leaver = sent("a", true);
        CompletableFuture<@Nullable Object> second = sent("b", true);
        CompletableFuture<@Nullable Object> third = sent("c", false);
        receive(INFO);
        leaver.completeExceptionally(new RedisTimeoutException("enough"));
        receive(list("a") + INFO);
        assertThat(second).isNotDone();
        receive(list("b"));
        assertThat(second).isCompleted();
        assertThat(third).isNotDone();
        receive(list("c"));
        assertThat(third).isCompletedWithValueMatching(reply -> isListOf(reply, "c"));
    }

    @Test
    void whoLeavesBeforeItsReplyTakesNoneOfTheOthers() {
        CompletableFuture<@Nullable Object> leaver = sent("a", false);
        CompletableFuture<@Nullable Object> second = sent("b", false);
        leaver.completeExceptionally(new RedisTimeoutException("enough"));
        receive(list("a"));
        assertThat(second).isNotDone();
        receive(list("b"));
        assertThat(second).isCompletedWithValueMatching(reply -> isListOf(reply, "b"));
    }

    private CompletableFuture<@Nullable Object> sent(String key, boolean looking) {
        CompletableFuture<@Nullable Object> answered = new CompletableFuture<>();
        List<RedisCommandCall> calls = List.of(RedisCommandCall.mget(List.of(key)));
        Sent sent = Sent.of(
                channel,
                Server.master(null),
                calls,
                looking,
                null,
                new RedisCommandCall.Terms(new Abilities("here"), ""),
                answered);
        channel.writeAndFlush(sent.command());
        return answered;
    }

    private void receive(String replies) {
        channel.writeInbound(Unpooled.copiedBuffer(replies, UTF_8));
    }

    private static boolean isListOf(@Nullable Object reply, String value) {
        return reply instanceof List<?> list
                && list.size() == 1
                && new String((byte[]) list.get(0), UTF_8).equals(value);
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static String list(String value) {
        return "*1\r\n" + bulk(value);
    }
}
