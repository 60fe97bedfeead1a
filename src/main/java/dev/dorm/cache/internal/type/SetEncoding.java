package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.MappedValues;
import dev.dorm.cache.internal.dynamic.SetState;
import dev.dorm.cache.internal.dynamic.TaggedType;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.hibernate.mapping.SetPlan;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.hibernate.collection.spi.CollectionSemantics;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.hibernate.type.descriptor.java.spi.BasicCollectionJavaType;
import org.jspecify.annotations.Nullable;

/**
 * A set of basic values in one column, an SQL array or JSON. Hibernate disassembles it to a {@code LinkedHashSet}, whose
 * order is that of the column, and the database gives a {@code HashSet} of what stands there; so does this.
 *
 * @param type the column's type, in which a {@link SetPlan} stands
 * @param plan the plan that Hibernate had there; null where it could not be replaced, and nothing is cached
 * @param semantics make the set that the database gives
 * @param mapped prints and parses the column where that is JSON
 * @param place checks the set that is read; Hibernate disassembles it by copying it, so what is written needs no check
 * @param open writes the elements
 */
record SetEncoding(
        BasicType<?> type,
        @Nullable MutabilityPlan<Object> plan,
        CollectionSemantics<?, ?> semantics,
        MappedValues mapped,
        TypeChecker place,
        DynamicEncoding open)
        implements ValueEncoding {

    /** Returns the encoding of a type, or null when it is not of a set that the database gives as another. */
    static @Nullable SetEncoding of(BasicType<?> type, MappedValues mapped, TypeChecker place, DynamicEncoding open) {
        if (!(type.getJavaTypeDescriptor() instanceof BasicCollectionJavaType<?, ?> collection)
                || collection.getSemantics().getCollectionClassification() != CollectionClassification.SET
                || isSerialized(type)) {
            return null;
        }
        return new SetEncoding(type, SetPlan.install(type), collection.getSemantics(), mapped, place, open);
    }

    /** Where the database has no arrays; of these bytes Hibernate makes a LinkedHashSet. */
    private static boolean isSerialized(BasicType<?> type) {
        return switch (type.getJdbcType().getDefaultSqlTypeCode()) {
            case SqlTypes.BINARY, SqlTypes.VARBINARY, SqlTypes.LONGVARBINARY, SqlTypes.LONG32VARBINARY, SqlTypes.BLOB ->
                true;
            default -> false;
        };
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (!(value instanceof Collection<?> set)) {
            open.writeTagged(out, value);
        } else if (plan == null) {
            throw UnsupportedValueException.inexact(value.getClass(), "Hibernate makes a LinkedHashSet of it");
        } else if (MappedValues.formatted(type)) {
            open.write(out, mapped.print(type, set));
        } else {
            open.write(out, new ArrayList<>(set));
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        @Nullable Object read = open.read(in);
        if (TaggedType.isMarker(read)) {
            return read;
        }
        if (read instanceof String text && MappedValues.formatted(type)) {
            return place.checked(new SetState(List.of(), () -> parsed(text)));
        }
        if (read instanceof List<?> elements && plan != null) {
            List<@Nullable Object> held = new ArrayList<>(elements);
            return place.checked(new SetState(held, () -> raw(held, plan)));
        }
        throw BodyFormat.malformed("not a set");
    }

    private Object parsed(String text) {
        try {
            return mapped.parse(type, text);
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // no session, and no collection of its own
    private Object raw(List<@Nullable Object> held, MutabilityPlan<Object> copying) {
        Collection<Object> copied =
                (Collection<Object>) copying.assemble((Serializable) new LinkedHashSet<>(held), null);
        Collection<Object> set = (Collection<Object>) semantics.instantiateRaw(copied.size(), null);
        set.addAll(copied);
        return set;
    }

    @Override
    public String signature() {
        return "set";
    }
}
