package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import java.io.IOException;

/** Booleans and bytes. */
enum PlainCodec implements ScalarCodec {
    BOOLEAN("boolean", Boolean.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(JsonParser in) throws UndecodableException {
            if (in.currentToken() == JsonToken.VALUE_TRUE) {
                return true;
            }
            BodyFormat.expect(in, JsonToken.VALUE_FALSE);
            return false;
        }
    },
    /** Base64 in JSON, bytes in Smile. */
    BYTES("bytes", byte[].class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeBinary((byte[]) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                BodyFormat.expect(in, JsonToken.VALUE_STRING);
            }
            return in.getBinaryValue();
        }
    };

    private final String tag;
    private final Class<?> type;

    PlainCodec(String tag, Class<?> type) {
        this.tag = tag;
        this.type = type;
    }

    @Override
    public String tag() {
        return tag;
    }

    Class<?> type() {
        return type;
    }

    @Override
    public boolean accepts(Object value) {
        return value.getClass() == type;
    }
}
