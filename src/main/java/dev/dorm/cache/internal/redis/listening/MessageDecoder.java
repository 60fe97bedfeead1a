package dev.dorm.cache.internal.redis.listening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;
import org.redisson.client.codec.BaseCodec;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;

/**
 * Tells a listener of each message as it is decoded. That happens on the connection's own thread, in the order of what
 * comes, so that an answer to PING tells that every message before it was received; a listener of Redisson's is called later,
 * by other threads.
 */
final class MessageDecoder extends BaseCodec {

    private final Consumer<String> listener;

    MessageDecoder(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public Decoder<Object> getValueDecoder() {
        return (message, state) -> {
            listener.accept(message.toString(UTF_8));
            return "";
        };
    }

    @Override
    public Encoder getValueEncoder() {
        throw new UnsupportedOperationException("it only listens");
    }
}
