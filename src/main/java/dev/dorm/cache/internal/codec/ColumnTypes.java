package dev.dorm.cache.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.KnownClasses;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.type.BasicType;
import org.hibernate.type.CompositeType;
import org.hibernate.type.Type;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The types of a native query's columns. {@code JdbcValuesCacheHit} compares Java types by identity, so a type is written
 * as what the reading factory resolves to its very own instance: {@code [Java class, JDBC type code]} when it comes from
 * the registry, or the role of an attribute that has it.
 */
final class ColumnTypes {

    private final TypeConfiguration configuration;
    private final KnownClasses classes;
    private final Map<String, BasicType<?>> byRole = new HashMap<>();

    ColumnTypes(SessionFactoryImplementor factory, KnownClasses classes) {
        this.configuration = factory.getTypeConfiguration();
        this.classes = classes;
        MappingMetamodel metamodel = factory.getRuntimeMetamodels().getMappingMetamodel();
        metamodel.forEachEntityDescriptor(entity -> {
            add(entity.getEntityName() + "#id", entity.getIdentifierType());
            if (entity.getDiscriminatorMapping() != null
                    && entity.getDiscriminatorMapping().getJdbcMapping() instanceof BasicType<?> discriminator) {
                byRole.put(entity.getEntityName() + "#discriminator", discriminator);
            }
            String[] names = entity.getPropertyNames();
            Type[] types = entity.getPropertyTypes();
            for (int i = 0; i < names.length; i++) {
                add(entity.getEntityName() + "." + names[i], types[i]);
            }
        });
        metamodel.forEachCollectionDescriptor(collection -> {
            add(collection.getRole() + "#element", collection.getElementType());
            if (collection.hasIndex()) {
                add(collection.getRole() + "#index", collection.getIndexType());
            }
        });
    }

    private void add(String role, Type type) {
        if (type instanceof BasicType<?> basic) {
            byRole.put(role, basic);
        } else if (type instanceof CompositeType composite && !type.isAnyType()) {
            String[] names = composite.getPropertyNames();
            Type[] types = composite.getSubtypes();
            for (int i = 0; i < types.length; i++) {
                add(role + "." + names[i], types[i]);
            }
        }
    }

    void write(JsonGenerator out, @Nullable BasicType<?> type) throws IOException, UnsupportedValueException {
        if (type == null) {
            out.writeNull();
            return;
        }
        Class<?> javaClass = type.getJavaTypeDescriptor().getJavaTypeClass();
        int code = type.getJdbcType().getDefaultSqlTypeCode();
        if (same(registered(javaClass, code), type)) {
            classes.wrote(javaClass);
            out.writeStartArray();
            out.writeString(javaClass.getName());
            out.writeNumber(code);
            out.writeEndArray();
            return;
        }
        for (Map.Entry<String, BasicType<?>> role : byRole.entrySet()) {
            if (same(role.getValue(), type)) {
                out.writeString(role.getKey());
                return;
            }
        }
        throw UnsupportedValueException.because(
                javaClass,
                "a native query has a column of type " + type.getName()
                        + ", which neither the registry nor an attribute has");
    }

    @Nullable
    BasicType<?> read(JsonParser in) throws IOException, UndecodableException {
        @Nullable BasicType<?> type;
        switch (in.currentToken()) {
            case VALUE_NULL:
                return null;
            case VALUE_STRING:
                type = byRole.get(in.getText());
                break;
            default:
                BodyFormat.expect(in, JsonToken.START_ARRAY);
                in.nextToken();
                Class<?> javaClass = classes.named(BodyFormat.text(in));
                BodyFormat.expectNext(in, JsonToken.VALUE_NUMBER_INT);
                type = registered(javaClass, in.getIntValue());
                BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        }
        if (type == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "no such column type");
        }
        return type;
    }

    private @Nullable BasicType<?> registered(Class<?> javaClass, int code) {
        try {
            return configuration.getBasicTypeRegistry().resolve(javaClass, code);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Whether a type does as well as another where a value is read from the cache, which is by its Java type alone. The
     * JDBC type is none of it: Hibernate makes one for each length of a text column
     * ({@code ResultSetAccess.resolveType}), and the registry finds none of those by its code.
     */
    private static boolean same(@Nullable BasicType<?> candidate, BasicType<?> type) {
        return candidate == type
                || (candidate != null
                        && candidate.getJavaTypeDescriptor() == type.getJavaTypeDescriptor()
                        && candidate.getValueConverter() == type.getValueConverter());
    }
}
