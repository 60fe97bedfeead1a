package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import java.io.IOException;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/**
 * A place whose values are of a user's class that the mapping converts: the relational value is written, and converted
 * back when read, so that the class itself never needs an encoding. {@code ConvertedBasicTypeImpl.disassemble} leaves the
 * conversion out when the class's mutability plan is immutable.
 */
record ConvertedEncoding(
        BasicValueConverter<Object, Object> converter,
        Class<?> domain,
        ValueEncoding relational,
        DynamicEncoding open,
        TypeChecker place)
        implements ValueEncoding {

    private static final String CONVERTED = "converted";

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (domain.isInstance(value)) {
            out.writeStartObject();
            out.writeFieldName(CONVERTED);
            relational.write(out, converter.toRelationalValue(value));
            out.writeEndObject();
        } else {
            relational.write(out, value);
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return place.checked(relational.read(in));
        }
        BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
        String tag = in.currentName();
        in.nextToken();
        @Nullable Object value;
        if (tag.equals(CONVERTED)) {
            value = converter.toDomainValue(relational.read(in));
            if (value != null && !domain.isInstance(value)) {
                throw BodyFormat.malformed("not what the attribute has");
            }
        } else {
            value = place.checked(open.readTagged(in, tag));
        }
        BodyFormat.expectNext(in, JsonToken.END_OBJECT);
        return value;
    }

    @Override
    public String signature() {
        return "converted:" + relational.signature();
    }
}
