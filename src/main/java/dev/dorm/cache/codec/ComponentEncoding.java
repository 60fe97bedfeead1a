package dev.dorm.cache.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An embeddable, which {@code ComponentType.disassemble} turns into the array of its attributes' states, and after them,
 * for one with subclasses, the discriminator.
 *
 * @param names the attributes' names, for the fingerprint
 * @param parts their encodings
 */
record ComponentEncoding(List<String> names, List<ValueEncoding> parts, OpenEncoding open) implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
            return;
        }
        int extra = value instanceof Object[] array ? array.length - parts.size() : -1;
        if (extra != 0 && extra != 1) {
            open.writeTagged(out, value);
            return;
        }
        Object[] state = (Object[]) value;
        out.writeStartArray();
        for (int i = 0; i < parts.size(); i++) {
            try {
                parts.get(i).write(out, state[i]);
            } catch (UnsupportedValueException e) {
                throw e.at("embeddable", names.get(i));
            }
        }
        if (extra == 1) {
            open.write(out, state[parts.size()]);
        }
        out.writeEndArray();
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return open.readTagged(in);
        }
        Bodies.expect(in, JsonToken.START_ARRAY);
        @Nullable Object[] state = new Object[parts.size()];
        for (int i = 0; i < state.length; i++) {
            if (in.nextToken() == JsonToken.END_ARRAY) {
                throw Bodies.malformed("an embeddable with too few attributes");
            }
            state[i] = parts.get(i).read(in);
        }
        if (in.nextToken() != JsonToken.END_ARRAY) {
            state = java.util.Arrays.copyOf(state, parts.size() + 1);
            state[parts.size()] = open.read(in);
            Bodies.expectNext(in, JsonToken.END_ARRAY);
        }
        return state;
    }

    @Override
    public String signature() {
        return parts.stream().map(ValueEncoding::signature).collect(Collectors.joining(",", names + "(", ")"));
    }
}
