package dev.dorm.cache.internal.redis.listening;

import static io.netty.buffer.Unpooled.copiedBuffer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeRepliesTest {

    private static final List<String> REPLIES = List.of(
            "*3\r\n$9\r\nsubscribe\r\n$8\r\ndormnear\r\n:1\r\n",
            "*2\r\n$4\r\npong\r\n$0\r\n\r\n",
            "*3\r\n$7\r\nmessage\r\n$8\r\ndormnear\r\n$4\r\n*1\r\n\r\n",
            "+PONG\r\n",
            "$-1\r\n",
            "*0\r\n",
            "-ERR no\r\n");

    private static List<String> passed(EmbeddedChannel channel) {
        List<String> passed = new ArrayList<>();
        for (ByteBuf each = channel.readInbound(); each != null; each = channel.readInbound()) {
            passed.add(each.toString(UTF_8));
            each.release();
        }
        return passed;
    }

    @Test
    void eachPassesAloneAndWholeHoweverItArrives() {
        String all = String.join("", REPLIES);
        for (int size = 1; size <= all.length(); size++) {
            EmbeddedChannel channel = new EmbeddedChannel(new WholeReplies(said -> false));
            for (int at = 0; at < all.length(); at += size) {
                channel.writeInbound(copiedBuffer(all.substring(at, Math.min(all.length(), at + size)), UTF_8));
            }
            assertThat(passed(channel)).isEqualTo(REPLIES);
            channel.finishAndReleaseAll();
        }
    }
}
