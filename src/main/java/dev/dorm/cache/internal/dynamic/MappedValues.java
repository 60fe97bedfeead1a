package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.io.Serializable;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.jspecify.annotations.Nullable;

/**
 * Values of a class that is not in the closed set, but that an attribute of the mapping has: as text, by Hibernate's own
 * {@code FormatMapper}, where the attribute is mapped to JSON or XML, and otherwise disassembled by the attribute's own
 * type, as a {@code UserType} does for its class.
 */
public final class MappedValues {

    private final SessionFactoryImplementor factory;

    public MappedValues(SessionFactoryImplementor factory) {
        this.factory = factory;
    }

    public WrapperOptions options() {
        return factory.getWrapperOptions();
    }

    /** Whether values of this type are text to the database, written and read by a format mapper. */
    public static boolean formatted(BasicType<?> type) {
        return type.getValueConverter() == null
                && switch (type.getJdbcType().getDefaultSqlTypeCode()) {
                    case SqlTypes.JSON, SqlTypes.JSON_ARRAY, SqlTypes.SQLXML -> true;
                    default -> false;
                };
    }

    public String print(BasicType<?> type, Object value) {
        return mapper(type).toString(value, javaType(type), factory.getWrapperOptions());
    }

    public Object parse(BasicType<?> type, String text) throws UndecodableException {
        return checked(type, mapper(type).fromString(text, javaType(type), factory.getWrapperOptions()));
    }

    void write(JsonGenerator out, BasicType<?> type, Object value, TaggedEncoding open)
            throws IOException, UnsupportedValueException {
        if (formatted(type)) {
            open.write(out, print(type, value));
            return;
        }
        @Nullable Object state = disassembled(type, value);
        if (state == null || state.getClass() == value.getClass()) {
            throw UnsupportedValueException.of(value.getClass());
        }
        if (!assemblesAgain(type, value, state)) {
            throw UnsupportedValueException.because(
                    value.getClass(), "the type " + type.getName() + " does not assemble its value again");
        }
        open.write(out, state);
    }

    Object read(JsonParser in, BasicType<?> type, TaggedEncoding open) throws IOException, UndecodableException {
        @Nullable Object state = open.read(in);
        if (formatted(type)) {
            if (state instanceof String text) {
                return parse(type, text);
            }
            throw BodyFormat.malformed("not text");
        }
        try {
            return checked(type, assembled(type, state));
        } catch (RuntimeException e) {
            throw BodyFormat.malformed("the type " + type.getName() + " does not assemble its value: " + e);
        }
    }

    private static boolean assemblesAgain(BasicType<?> type, Object value, Object state) {
        try {
            return type.isEqual(value, assembled(type, state));
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Object checked(BasicType<?> type, @Nullable Object value) throws UndecodableException {
        if (!type.getReturnedClass().isInstance(value)) {
            throw BodyFormat.malformed("not what the attribute has");
        }
        return value;
    }

    private FormatMapper mapper(BasicType<?> type) {
        return type.getJdbcType().getDefaultSqlTypeCode() == SqlTypes.SQLXML
                ? factory.getSessionFactoryOptions().getXmlFormatMapper()
                : factory.getSessionFactoryOptions().getJsonFormatMapper();
    }

    @SuppressWarnings("unchecked")
    private static JavaType<Object> javaType(BasicType<?> type) {
        return (JavaType<Object>) type.getJavaTypeDescriptor();
    }

    @SuppressWarnings("NullAway") // no session and no owner: what needs one is not cached
    private static @Nullable Object disassembled(BasicType<?> type, Object value) {
        return type.disassemble(value, null, null);
    }

    @SuppressWarnings("NullAway")
    private static @Nullable Object assembled(BasicType<?> type, @Nullable Object state) {
        return type.assemble((Serializable) state, null, null);
    }
}
