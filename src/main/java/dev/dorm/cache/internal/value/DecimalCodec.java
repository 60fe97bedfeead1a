package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Decimal numbers, as text. They are read from the parser's own characters: a string would be copied twice. */
final class DecimalCodec implements ScalarCodec {

    private static final long READABLE_SCALE = 1_000_000_000;

    @Override
    public String tag() {
        return "decimal";
    }

    @Override
    public boolean accepts(Object value) {
        return value.getClass() == BigDecimal.class && BigNumbers.shortEnough(((BigDecimal) value).unscaledValue());
    }

    @Override
    public String refusal() {
        return BigNumbers.TOO_LONG;
    }

    /** {@code BigDecimal} does not read what it prints when the exponent is near what an int can hold. */
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        BigDecimal number = (BigDecimal) value;
        out.writeString(
                Math.abs((long) number.scale()) > READABLE_SCALE
                        ? number.unscaledValue() + "s" + number.scale()
                        : number.toString());
    }

    @Override
    public Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.VALUE_STRING);
        int length = in.getTextLength();
        BigNumbers.bound(length);
        char[] text = in.getTextCharacters();
        int from = in.getTextOffset();
        for (int i = 0; i < length; i++) {
            if (text[from + i] == 's') {
                BigInteger unscaled = new BigInteger(new String(text, from, i));
                return new BigDecimal(unscaled, Integer.parseInt(new String(text, from + i + 1, length - i - 1)));
            }
        }
        return new BigDecimal(text, from, length);
    }
}
