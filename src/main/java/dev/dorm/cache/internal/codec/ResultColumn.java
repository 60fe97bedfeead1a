package dev.dorm.cache.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.value.EnumCodec;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one column of a query result are written: all by the codec of the one class that they have, or each
 * with its own class. Immutable.
 */
final class ResultColumn {

    /** The name of a column of which each value says what it is. */
    private static final String ANY = "";

    private static final String ENUM = "enum:";

    /**
     * The codecs whose values may be written once and referred to: they are immutable, equal only when they are the same in
     * every respect, and never written as numbers, which is what a reference is. So are constants of enums.
     */
    private static final Set<String> REPEATABLE =
            Set.of("string", "decimal", "bigint", "uuid", "localdate", "localtime", "localdatetime", "instant");

    private final String name;
    private final @Nullable ScalarCodec codec;
    private final boolean repeatable;
    private final DynamicEncoding open;

    private ResultColumn(@Nullable ScalarCodec codec, DynamicEncoding open) {
        this.name = codec == null ? ANY : codec.tag();
        this.codec = codec;
        this.repeatable = codec instanceof EnumCodec || REPEATABLE.contains(name);
        this.open = open;
    }

    /** Returns how to write values, of which null says nothing. */
    static ResultColumn of(Iterable<? extends @Nullable Object> values, DynamicEncoding open) {
        @Nullable ScalarCodec common = null;
        for (Object value : values) {
            if (value == null || (common instanceof EnumCodec && common.accepts(value))) {
                continue;
            }
            @Nullable ScalarCodec codec = codecOf(value, open);
            if (codec == null || (common != null && codec != common)) {
                return new ResultColumn(null, open);
            }
            common = codec;
        }
        return new ResultColumn(common, open);
    }

    private static @Nullable ScalarCodec codecOf(Object value, DynamicEncoding open) {
        if (value instanceof Enum<?> constant) {
            open.classes().wrote(constant.getDeclaringClass());
            return new EnumCodec(constant.getDeclaringClass());
        }
        return ScalarCodecs.ofValue(value);
    }

    /** Returns how the values of a column are read that has a name. */
    static ResultColumn named(String name, DynamicEncoding open) throws UndecodableException {
        if (name.equals(ANY)) {
            return new ResultColumn(null, open);
        }
        if (name.startsWith(ENUM)) {
            Class<?> type = open.classes().named(name.substring(ENUM.length()));
            if (!type.isEnum()) {
                throw new UndecodableException(Reason.UNKNOWN_NAME, "not an enum");
            }
            return new ResultColumn(new EnumCodec(type), open);
        }
        @Nullable ScalarCodec codec = ScalarCodecs.ofTag(name);
        if (codec == null) {
            throw BodyFormat.malformed("a column of an unknown kind");
        }
        return new ResultColumn(codec, open);
    }

    String name() {
        return name;
    }

    /** Returns whether a value that an earlier row has is written as a reference to that row. */
    boolean isRepeatable() {
        return repeatable;
    }

    void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null || codec == null) {
            open.writePart(out, value);
        } else {
            codec.write(out, value);
        }
    }

    /** Returns whether a reference stands where a value is expected. */
    boolean isReference(JsonParser in) {
        return repeatable && in.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }

    @Nullable
    Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return codec == null ? open.read(in) : codec.read(in);
    }
}
