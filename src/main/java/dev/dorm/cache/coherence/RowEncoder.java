package dev.dorm.cache.coherence;

import dev.dorm.cache.codec.RowCodec;
import dev.dorm.cache.codec.UnsupportedValueException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes what rows are to hold, and warns once of what they cannot hold. Thread-safe. */
final class RowEncoder {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final Supplier<RowCodec> codec;
    private final ConcurrentHashMap<String, Boolean> warned = new ConcurrentHashMap<>();

    RowEncoder(Supplier<RowCodec> codec) {
        this.codec = codec;
    }

    /** Returns the body of a row, or null, with one warning, when its type is not of the closed set. */
    byte @Nullable [] encode(Object value) {
        try {
            return codec.get().encode(value);
        } catch (UnsupportedValueException e) {
            if (warned.putIfAbsent(e.cause(), true) == null) {
                LOG.warn("{}", e.getMessage());
            }
            return null;
        }
    }
}
