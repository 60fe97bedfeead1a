package dev.dorm.cache.internal.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.io.Digests;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one value stands in a key. */
final class Rendering {

    private static final int LONGEST = 128;
    private static final String DIGITS = "0123456789ABCDEF";

    private Rendering() {}

    /** Renders an id, whose parts have been {@linkplain IdParts#told told} by their columns. */
    static String of(@Nullable Object value, DynamicEncoding open) throws UnsupportedValueException {
        @Nullable String plain = value == null ? null : plain(OneValue.of(value, null));
        if (plain == null) {
            return digest(Canonical.ofId(value, open));
        }
        return plain.length() <= LONGEST ? plain : digest(plain.getBytes(US_ASCII));
    }

    private static @Nullable String plain(Object value) {
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return escape(constant.name());
        }
        return value instanceof String || value instanceof Character || value instanceof Boolean
                ? escape(value.toString())
                : null;
    }

    private static @Nullable String number(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            // Exact, and the same in every JVM: Double.toString changed in Java 19.
            return Double.isFinite(value) ? decimal(new BigDecimal(value)) : Double.toString(value);
        }
        return number instanceof Long
                        || number instanceof Integer
                        || number instanceof Short
                        || number instanceof Byte
                        || number instanceof BigInteger
                ? number.toString()
                : null;
    }

    private static String decimal(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        // An exponent could make the plain form longer than memory; such a number is told by its digits and scale.
        return Math.abs((long) stripped.scale()) > LONGEST
                ? stripped.unscaledValue() + "E" + -(long) stripped.scale()
                : stripped.toPlainString();
    }

    private static String digest(byte[] canonical) {
        return "#" + HexFormat.of().formatHex(Digests.sha256(canonical));
    }

    private static String escape(String text) {
        int length = text.length();
        int plain = 0;
        while (plain < length && stays(text.charAt(plain))) {
            plain++;
        }
        if (plain == length) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(length + 16).append(text, 0, plain);
        for (int i = plain; i < length; ) {
            // An unpaired surrogate is a code point of its own here, and gets the three bytes that UTF-8 never uses.
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point < 0x80) {
                if (stays((char) point)) {
                    escaped.append((char) point);
                } else {
                    hex(escaped, point);
                }
            } else if (point < 0x800) {
                hex(escaped, 0xC0 | point >> 6);
                hex(escaped, 0x80 | point & 0x3F);
            } else if (point < 0x10000) {
                hex(escaped, 0xE0 | point >> 12);
                hex(escaped, 0x80 | point >> 6 & 0x3F);
                hex(escaped, 0x80 | point & 0x3F);
            } else {
                hex(escaped, 0xF0 | point >> 18);
                hex(escaped, 0x80 | point >> 12 & 0x3F);
                hex(escaped, 0x80 | point >> 6 & 0x3F);
                hex(escaped, 0x80 | point & 0x3F);
            }
        }
        return escaped.toString();
    }

    private static boolean stays(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }

    private static void hex(StringBuilder escaped, int value) {
        escaped.append('%').append(DIGITS.charAt(value >> 4)).append(DIGITS.charAt(value & 0xF));
    }
}
