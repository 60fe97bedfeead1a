package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import java.io.IOException;

/** Types whose values are written as JSON numbers (or, for numbers that JSON has not, as text). */
enum NumberCodec implements ScalarCodec {
    BYTE("byte", Byte.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeNumber((Byte) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            int value = integer(in).getIntValue();
            if (value != (byte) value) {
                throw BodyFormat.malformed("not a byte: " + value);
            }
            return (byte) value;
        }
    },
    SHORT("short", Short.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeNumber((Short) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            int value = integer(in).getIntValue();
            if (value != (short) value) {
                throw BodyFormat.malformed("not a short: " + value);
            }
            return (short) value;
        }
    },
    INT("int", Integer.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeNumber((Integer) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            return integer(in).getIntValue();
        }
    },
    LONG("long", Long.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            out.writeNumber((Long) value);
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            return integer(in).getLongValue();
        }
    },
    FLOAT("float", Float.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            float number = (Float) value;
            if (Float.isFinite(number)) {
                out.writeNumber(number);
            } else {
                out.writeString(Float.toString(number));
            }
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            return in.currentToken() == JsonToken.VALUE_STRING
                    ? (Object) (float) unusual(in.getText())
                    : (Object) number(in).getFloatValue();
        }
    },
    DOUBLE("double", Double.class) {
        @Override
        public void write(JsonGenerator out, Object value) throws IOException {
            double number = (Double) value;
            if (Double.isFinite(number)) {
                out.writeNumber(number);
            } else {
                out.writeString(Double.toString(number));
            }
        }

        @Override
        public Object read(JsonParser in) throws IOException, UndecodableException {
            return in.currentToken() == JsonToken.VALUE_STRING
                    ? unusual(in.getText())
                    : number(in).getDoubleValue();
        }
    };

    private final String tag;
    private final Class<?> type;

    NumberCodec(String tag, Class<?> type) {
        this.tag = tag;
        this.type = type;
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public boolean accepts(Object value) {
        return value.getClass() == type;
    }

    Class<?> type() {
        return type;
    }

    private static JsonParser integer(JsonParser in) throws UndecodableException {
        BodyFormat.expect(in, JsonToken.VALUE_NUMBER_INT);
        return in;
    }

    private static JsonParser number(JsonParser in) throws UndecodableException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            BodyFormat.expect(in, JsonToken.VALUE_NUMBER_FLOAT);
        }
        return in;
    }

    private static double unusual(String text) throws UndecodableException {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw BodyFormat.malformed("not a number");
        };
    }
}
