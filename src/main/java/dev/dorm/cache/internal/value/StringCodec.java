package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Strings and their parts. Java's strings may hold unpaired surrogates, which UTF-8 has not: such a string is written as
 * an array of its UTF-16 units.
 */
public enum StringCodec implements ScalarCodec {
    STRING("string", String.class) {
        @Override
        String text(Object value) {
            return (String) value;
        }

        @Override
        Object value(String text) {
            return text;
        }
    },
    CHARS("chars", char[].class) {
        @Override
        String text(Object value) {
            return new String((char[]) value);
        }

        @Override
        Object value(String text) {
            return text.toCharArray();
        }
    },
    CHAR("char", Character.class) {
        @Override
        String text(Object value) {
            return ((Character) value).toString();
        }

        @Override
        Object value(String text) throws UndecodableException {
            if (text.length() != 1) {
                throw BodyFormat.malformed("not one character");
            }
            return text.charAt(0);
        }
    };

    private final String tag;
    private final Class<?> type;

    StringCodec(String tag, Class<?> type) {
        this.tag = tag;
        this.type = type;
    }

    abstract String text(Object value);

    abstract Object value(String text) throws UndecodableException;

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

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        String text = text(value);
        if (wellFormed(text)) {
            out.writeString(text);
            return;
        }
        out.writeStartArray();
        for (int i = 0; i < text.length(); i++) {
            out.writeNumber(text.charAt(i));
        }
        out.writeEndArray();
    }

    @Override
    public Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return value(in.getText());
        }
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        StringBuilder units = new StringBuilder();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            BodyFormat.expect(in, JsonToken.VALUE_NUMBER_INT);
            int unit = in.getIntValue();
            if (unit != (char) unit) {
                throw BodyFormat.malformed("not a UTF-16 unit");
            }
            units.append((char) unit);
        }
        return value(units.toString());
    }

    public static boolean wellFormed(@Nullable String text) {
        if (text == null) {
            return true;
        }
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == length
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
