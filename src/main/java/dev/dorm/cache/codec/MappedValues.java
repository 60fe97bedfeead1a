package dev.dorm.cache.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Serializable;
import org.hibernate.type.BasicType;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.jspecify.annotations.Nullable;

/**
 * Values of a class that is not in the closed set, but that an attribute of the mapping has: disassembled by that
 * attribute's own Java type, as {@code FormatMapperBasedJavaType} does for JSON and XML and a {@code UserType} for its
 * class.
 */
final class MappedValues {

    private MappedValues() {}

    static void write(JsonGenerator out, BasicType<?> type, Object value, OpenEncoding open)
            throws IOException, UnsupportedValueException {
        @Nullable Object state = plan(type).disassemble(value, null);
        if (state == null || state.getClass() == value.getClass()) {
            throw UnsupportedValueException.of(value.getClass());
        }
        open.write(out, state);
    }

    static Object read(JsonParser in, BasicType<?> type, OpenEncoding open) throws IOException, UndecodableException {
        @Nullable Object value = plan(type).assemble((Serializable) open.read(in), null);
        if (!type.getReturnedClass().isInstance(value)) {
            throw Bodies.malformed("not what the attribute has");
        }
        return value;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static MutabilityPlan<Object> plan(BasicType<?> type) {
        return (MutabilityPlan<Object>) type.getJavaTypeDescriptor().getMutabilityPlan();
    }
}
