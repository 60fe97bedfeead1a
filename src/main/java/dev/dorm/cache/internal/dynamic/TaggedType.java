package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.hibernate.mapping.BackReferences;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.value.EnumCodec;
import java.io.IOException;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.jspecify.annotations.Nullable;

/** The tagged values that are no scalars: markers of Hibernate, and the JDK's collections. */
public enum TaggedType {
    /** {@code LazyPropertyInitializer.UNFETCHED_PROPERTY}, which Hibernate tells by its identity. */
    LAZY("lazy") {
        @Override
        boolean accepts(Object value) {
            return value == LazyPropertyInitializer.UNFETCHED_PROPERTY;
        }

        @Override
        void write(JsonGenerator out, Object value, TaggedEncoding open) throws IOException {
            out.writeBoolean(true);
        }

        @Override
        Object read(JsonParser in, TaggedEncoding open) throws UndecodableException {
            BodyFormat.expect(in, JsonToken.VALUE_TRUE);
            return LazyPropertyInitializer.UNFETCHED_PROPERTY;
        }
    },
    /** {@link BackReferences}, also told by its identity. */
    BACKREF("backref") {
        @Override
        boolean accepts(Object value) {
            return value == BackReferences.UNKNOWN;
        }

        @Override
        void write(JsonGenerator out, Object value, TaggedEncoding open) throws IOException {
            out.writeBoolean(true);
        }

        @Override
        Object read(JsonParser in, TaggedEncoding open) throws UndecodableException {
            BodyFormat.expect(in, JsonToken.VALUE_TRUE);
            return BackReferences.UNKNOWN;
        }
    },
    /** Only in a typed place; elsewhere an {@code Object[]} is a bare array. */
    TUPLE("tuple") {
        @Override
        boolean accepts(Object value) {
            return value.getClass() == Object[].class;
        }

        @Override
        void write(JsonGenerator out, Object value, TaggedEncoding open) throws IOException, UnsupportedValueException {
            open.writeAll(out, java.util.Arrays.asList((Object[]) value));
        }

        @Override
        Object read(JsonParser in, TaggedEncoding open) throws IOException, UndecodableException {
            return open.readAll(in).toArray();
        }
    },
    /** A class, by name: for attributes of type {@code Class}. */
    CLASS("class") {
        @Override
        boolean accepts(Object value) {
            return value instanceof Class<?>;
        }

        @Override
        void write(JsonGenerator out, Object value, TaggedEncoding open) throws IOException {
            open.classes().wrote((Class<?>) value);
            out.writeString(((Class<?>) value).getName());
        }

        @Override
        Object read(JsonParser in, TaggedEncoding open) throws IOException, UndecodableException {
            return open.classes().named(BodyFormat.text(in));
        }
    },
    /** An enum constant whose class the place does not know: {@code [class, constant]}. */
    ENUM("enum") {
        @Override
        boolean accepts(Object value) {
            return value instanceof Enum<?>;
        }

        @Override
        void write(JsonGenerator out, Object value, TaggedEncoding open) throws IOException {
            Enum<?> constant = (Enum<?>) value;
            open.classes().wrote(constant.getDeclaringClass());
            out.writeStartArray();
            out.writeString(constant.getDeclaringClass().getName());
            out.writeString(constant.name());
            out.writeEndArray();
        }

        @Override
        Object read(JsonParser in, TaggedEncoding open) throws IOException, UndecodableException {
            BodyFormat.expect(in, JsonToken.START_ARRAY);
            in.nextToken();
            Class<?> type = open.classes().named(BodyFormat.text(in));
            if (!type.isEnum()) {
                throw new UndecodableException(Reason.UNKNOWN_NAME, "not an enum");
            }
            in.nextToken();
            Object constant = new EnumCodec(type).constant(BodyFormat.text(in));
            BodyFormat.expectNext(in, JsonToken.END_ARRAY);
            return constant;
        }
    };

    private static final TaggedType[] ALL = values();

    private final String tag;

    TaggedType(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    /** Whether a value is one of Hibernate's markers, which stand only in an entity's own attributes. */
    public static boolean isMarker(@Nullable Object value) {
        return value == LazyPropertyInitializer.UNFETCHED_PROPERTY || value == BackReferences.UNKNOWN;
    }

    abstract boolean accepts(Object value);

    abstract void write(JsonGenerator out, Object value, TaggedEncoding open)
            throws IOException, UnsupportedValueException;

    abstract Object read(JsonParser in, TaggedEncoding open) throws IOException, UndecodableException;

    static @Nullable TaggedType ofValue(Object value) {
        for (TaggedType kind : ALL) {
            if (kind.accepts(value)) {
                return kind;
            }
        }
        return null;
    }

    static @Nullable TaggedType ofTag(String tag) {
        for (TaggedType kind : ALL) {
            if (kind.tag.equals(tag)) {
                return kind;
            }
        }
        return null;
    }
}
