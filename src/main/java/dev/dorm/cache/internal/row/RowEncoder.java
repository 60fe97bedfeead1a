package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.metrics.LargeEntries;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes what rows are to hold, and warns once of what they cannot hold. Thread-safe. */
public final class RowEncoder {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String name;
    private final Supplier<RowCodec> codec;
    private final ConcurrentHashMap<String, Boolean> warned = new ConcurrentHashMap<>();
    private final Rejected rejected;
    private final LargeEntries large;

    RowEncoder(String name, Supplier<RowCodec> codec, Rejected rejected, LargeEntries large) {
        this.name = name;
        this.codec = codec;
        this.rejected = rejected;
        this.large = large;
    }

    boolean writtenInParts() {
        return codec.get().isWrittenInParts();
    }

    /** Returns whether a body is too large to be put, and counts that. */
    boolean refuses(RowBody body) {
        return large.refuses(body.bytes().length);
    }

    /** Returns the body of a row, or null, with one warning, when it would not be given back as it is. */
    @Nullable
    RowBody encode(Object value, Row row, RowSession context) {
        try {
            byte[] body = codec.get().encode(value);
            boolean readable =
                    rejected.mayPut(row.id(), name, () -> codec.get().decode(body, 0, body.length, context.session()));
            return readable ? new RowBody(body, codec.get().version(value)) : null;
        } catch (UnsupportedValueException e) {
            if (warned.putIfAbsent(e.cause(), true) == null) {
                LOG.warn("{}", e.getMessage());
            }
            return null;
        }
    }
}
