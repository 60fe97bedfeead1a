package dev.dorm.cache.internal.key;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand for a value in a digest: each part is a tag of its type and, where its length can vary, the
 * length before it, so that no two values have the same bytes. Stable across JVMs and versions of libraries.
 */
public final class Canonical {

    private static final BodyFormat JSON = new BodyFormat(Format.JSON);

    private final DataOutputStream out;
    private final DynamicEncoding open;
    private final boolean byNumber;

    private Canonical(DataOutputStream out, DynamicEncoding open, boolean byNumber) {
        this.out = out;
        this.open = open;
        this.byNumber = byNumber;
    }

    /** Numbers of one value and different types are the same id, and so is whatever else is one to the database. */
    static byte[] ofId(@Nullable Object value, DynamicEncoding open) throws UnsupportedValueException {
        return of(value, open, true);
    }

    /** Numbers of one value and different types are different parameters. */
    public static byte[] ofParameters(@Nullable Object value, DynamicEncoding open) throws UnsupportedValueException {
        return of(value, open, false);
    }

    private static byte[] of(@Nullable Object value, DynamicEncoding open, boolean byNumber)
            throws UnsupportedValueException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            new Canonical(out, open, byNumber).write(value);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private void write(@Nullable Object given) throws IOException, UnsupportedValueException {
        @Nullable Object value = given != null && byNumber ? OneValue.of(given, null) : given;
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof String text) {
            out.writeByte('S');
            text(text);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 'T' : 'F');
        } else if (value instanceof Number number && number(number)) {
            // Written.
        } else if (value instanceof byte[] bytes) {
            out.writeByte('B');
            bytes(bytes);
        } else if (value instanceof Object[] array) {
            out.writeByte('A');
            text(array.getClass().getName());
            out.writeInt(array.length);
            for (Object each : array) {
                write(each);
            }
        } else if (value instanceof Collection<?> collection) {
            out.writeByte('C');
            out.writeInt(collection.size());
            for (Object each : collection) {
                write(each);
            }
        } else if (value instanceof Enum<?> constant) {
            out.writeByte('E');
            text(constant.getDeclaringClass().getName());
            text(constant.name());
        } else {
            out.writeByte('J');
            bytes(JSON.write((JsonGenerator json) -> open.writeTagged(json, value)));
        }
    }

    private boolean number(Number number) throws IOException {
        if (number instanceof Double value) {
            out.writeByte('D');
            out.writeLong(Double.doubleToLongBits(value));
        } else if (number instanceof Float value) {
            out.writeByte('f');
            out.writeInt(Float.floatToIntBits(value));
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            out.writeByte(byNumber ? 'L' : integer(number));
            out.writeLong(number.longValue());
        } else if (number instanceof BigDecimal decimal) {
            BigDecimal stands = byNumber ? decimal.stripTrailingZeros() : decimal;
            out.writeByte('M');
            out.writeInt(stands.scale());
            bytes(stands.unscaledValue().toByteArray());
        } else {
            return false;
        }
        return true;
    }

    private static char integer(Number number) {
        if (number instanceof Long) {
            return 'L';
        }
        if (number instanceof Integer) {
            return 'I';
        }
        return number instanceof Short ? 's' : 'b';
    }

    private void text(String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    private void bytes(byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
