package dev.dorm.cache.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place whose type is known: its values are plain, and one that is not of that type (which a user's mutability plan may
 * disassemble to) is tagged.
 */
record BasicEncoding(Leaf leaf, OpenEncoding open) implements ValueEncoding {

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (leaf.accepts(value)) {
            leaf.write(out, value);
        } else {
            open.writeTagged(out, value);
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return in.currentToken() == JsonToken.START_OBJECT ? open.readTagged(in) : leaf.read(in);
    }

    @Override
    public String signature() {
        return leaf.tag();
    }
}
