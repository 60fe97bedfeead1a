package dev.dorm.cache.internal.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the values of one attribute, element or column are written. Thread-safe. */
public interface ValueEncoding {

    void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException;

    /** Reads a value whose first token is the parser's current one; leaves the parser on its last token. */
    @Nullable
    Object read(JsonParser in) throws IOException, UndecodableException;

    /** What stands for this encoding in a fingerprint: two that read each other's bytes have the same. */
    String signature();
}
