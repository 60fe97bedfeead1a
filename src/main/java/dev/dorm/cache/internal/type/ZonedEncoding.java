package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.time.LocalColumn;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A date or time of which it is not known what its column holds: a user's type may bind it in any time zone, and in a
 * JSON, XML or struct column it depends on the database.
 */
record ZonedEncoding(DynamicEncoding open, @Nullable TypeChecker place) implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (LocalColumn.isTime(value.getClass())) {
            open.writeZoned(out, value);
        } else {
            open.writeTagged(out, value);
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        @Nullable Object value = open.read(in);
        return place == null ? value : place.checked(value);
    }

    @Override
    public String signature() {
        return "zoned";
    }
}
