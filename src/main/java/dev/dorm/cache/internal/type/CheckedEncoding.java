package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place whose encoding does not tell what may stand there: what is read is checked, and so is what is written. */
record CheckedEncoding(ValueEncoding encoding, TypeChecker place) implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        place.checkWritten(value);
        encoding.write(out, value);
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        return place.checked(encoding.read(in));
    }

    @Override
    public String signature() {
        return encoding.signature();
    }
}
