package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of one class, of primitives or of objects. */
public record ArrayCodec(String tag, Class<?> component, ValueEncoding element) implements ScalarCodec {

    @Override
    public boolean accepts(Object value) {
        return value.getClass().getComponentType() == component;
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException, UnsupportedValueException {
        int length = Array.getLength(value);
        out.writeStartArray();
        for (int i = 0; i < length; i++) {
            element.write(out, Array.get(value, i));
        }
        out.writeEndArray();
    }

    @Override
    public Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        List<@Nullable Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(in));
        }
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }
}
