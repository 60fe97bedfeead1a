package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place whose type is known: its values are plain, and one that is not of that type (which a user's mutability plan may
 * disassemble to) is tagged, and checked when it is read. An array checks its elements by itself.
 */
public record BasicEncoding(ScalarCodec scalar, TaggedEncoding open, @Nullable TypeChecker place)
        implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (scalar.accepts(value)) {
            scalar.write(out, value);
        } else {
            if (place != null) {
                place.checkWritten(value);
            }
            open.writeTagged(out, value);
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return scalar.read(in);
        }
        @Nullable Object value = open.readTagged(in);
        return place == null ? value : place.checked(value);
    }

    @Override
    public String signature() {
        return scalar.tag();
    }
}
