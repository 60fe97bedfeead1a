package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The classes in {@code allowed_types}, bound by Jackson: {@code [class, state]}. Exactly the class named is read: there
 * is no default typing, and a validator that allows nothing keeps {@code @JsonTypeInfo(use = CLASS)} from loading what a
 * payload names.
 */
final class AllowedTypes {

    private final KnownClasses classes;
    private final ObjectMapper mapper = JsonMapper.builder()
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
            .enable(MapperFeature.BLOCK_UNSAFE_POLYMORPHIC_BASE_TYPES)
            .disable(SerializationFeature.CLOSE_CLOSEABLE)
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .build();

    AllowedTypes(KnownClasses classes) {
        this.classes = classes;
    }

    /** Writes a value, unless Jackson makes another of it: of a field of type Object it does not know the class. */
    void write(JsonGenerator out, Object value) throws IOException, UnsupportedValueException {
        if (!Likeness.of(value, bound(value))) {
            throw UnsupportedValueException.inexact(value.getClass(), "Jackson makes another of what it writes");
        }
        out.writeStartArray();
        out.writeString(value.getClass().getName());
        try {
            mapper.writeValue(out, value);
        } catch (JsonProcessingException e) { // what JSON can hold, and Smile cannot: half of a surrogate pair
            throw UnsupportedValueException.inexact(
                    value.getClass(), "Jackson cannot write it: " + e.getOriginalMessage());
        }
        out.writeEndArray();
    }

    private @Nullable Object bound(Object value) throws UnsupportedValueException {
        try {
            return mapper.readerFor(value.getClass()).readValue(mapper.writeValueAsBytes(value));
        } catch (IOException | RuntimeException e) {
            throw UnsupportedValueException.inexact(value.getClass(), "Jackson cannot bind it: " + e.getMessage());
        }
    }

    Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        in.nextToken();
        Class<?> type = classes.allowed(BodyFormat.text(in));
        in.nextToken();
        Object value = mapper.readerFor(type).readValue(in);
        if (value == null || value.getClass() != type) {
            throw BodyFormat.malformed("not exactly the class it names");
        }
        BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        return value;
    }
}
