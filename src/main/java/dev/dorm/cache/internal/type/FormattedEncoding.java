package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.MappedValues;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.value.StringCodec;
import java.io.IOException;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/** An attribute mapped to JSON or XML: its text, by Hibernate's own {@code FormatMapper}. */
record FormattedEncoding(BasicType<?> type, MappedValues values, DynamicEncoding open, TypeChecker place)
        implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
            return;
        }
        @Nullable String text = type.getReturnedClass().isInstance(value) ? values.print(type, value) : null;
        if (text != null && StringCodec.wellFormed(text)) {
            out.writeString(text);
        } else {
            // FormatMapperBasedJavaType disassembles to text already, which must come back as text.
            place.checkWritten(value);
            open.writeTagged(out, value);
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        return switch (in.currentToken()) {
            case VALUE_NULL -> null;
            case START_OBJECT -> place.checked(open.readTagged(in));
            default -> {
                BodyFormat.expect(in, JsonToken.VALUE_STRING);
                yield values.parse(type, in.getText());
            }
        };
    }

    @Override
    public String signature() {
        return "formatted";
    }
}
