package dev.dorm.cache.internal.type;

import dev.dorm.cache.internal.dynamic.BasicEncoding;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.MappedValues;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.dynamic.TypeScope;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.time.LocalColumn;
import dev.dorm.cache.internal.value.ArrayCodec;
import dev.dorm.cache.internal.value.EnumCodec;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.BasicType;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.CompositeType;
import org.hibernate.type.CustomType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.hibernate.type.UserComponentType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/** Chooses, when a codec is built, how the values that a Hibernate type disassembles to are written. */
public final class TypeEncodings {

    private final MappingMetamodel metamodel;
    private final DynamicEncoding open;
    private final MappedValues mapped;

    public TypeEncodings(SessionFactoryImplementor factory, DynamicEncoding open, MappedValues mapped) {
        this.mapped = mapped;
        this.metamodel = factory.getRuntimeMetamodels().getMappingMetamodel();
        this.open = open;
    }

    public ValueEncoding of(Type type) {
        return of(type, false);
    }

    private ValueEncoding of(Type type, boolean aggregated) {
        if (type instanceof CollectionType collection) {
            // CollectionType.disassemble gives the key of the owner.
            @Nullable CollectionPersister persister = metamodel.findCollectionDescriptor(collection.getRole());
            return persister == null ? open : of(persister.getKeyType());
        }
        if (type instanceof EntityType entity && !type.isAnyType()) {
            // ManyToOneType.disassemble gives the target's id even for a property-ref; OneToOneType gives null.
            return of(metamodel
                    .getEntityDescriptor(entity.getAssociatedEntityName())
                    .getIdentifierType());
        }
        if (type instanceof UserComponentType<?> component) {
            return new CheckedEncoding(within(List.of(component.getSubtypes())), new TypeChecker(type));
        }
        if (type instanceof ComponentType component) {
            return component(component, aggregated);
        }
        return type instanceof BasicType<?> basic
                ? basic(basic, aggregated)
                : new CheckedEncoding(open, new TypeChecker(type));
    }

    private ValueEncoding component(ComponentType type, boolean aggregated) {
        boolean inOneColumn = aggregated
                || type.getMappingModelPart().getEmbeddableTypeDescriptor().getAggregateMapping() != null;
        List<ValueEncoding> parts = new ArrayList<>();
        for (Type part : type.getSubtypes()) {
            parts.add(of(part, inOneColumn));
        }
        return ComponentEncoding.of(type, List.copyOf(parts), open);
    }

    private ValueEncoding basic(BasicType<?> type, boolean aggregated) {
        @Nullable BasicValueConverter<Object, Object> converter = converter(type);
        Class<?> domain = type.getReturnedClass();
        TypeChecker place = new TypeChecker(type);
        @Nullable SetEncoding set = SetEncoding.of(type, mapped, place, elements(type, aggregated));
        if (set != null) {
            return set;
        }
        if (converter == null) {
            if (MappedValues.formatted(type) && scalar(domain) == null) {
                return new FormattedEncoding(type, mapped, open, place);
            }
            if (type instanceof CustomType<?>) {
                // What a user's type disassembles to, only that type knows.
                DynamicEncoding within = within(List.of(type));
                return new CheckedEncoding(within.hasTimes() ? within : declared(domain, null), place);
            }
            if (type instanceof BasicPluralType<?, ?> plural) {
                return plural(plural, domain, place, aggregated);
            }
            @Nullable ValueEncoding local = local(type, type.getJavaTypeDescriptor(), place, aggregated);
            return local == null ? declared(domain, place) : local;
        }
        JavaType<?> relational = converter.getRelationalJavaType();
        @Nullable ValueEncoding local = local(type, relational, null, aggregated);
        ValueEncoding column = local == null ? declared(relational.getJavaTypeClass(), null) : local;
        if (type.isMutable()) {
            // AttributeConverterMutabilityPlan.disassemble converts when the plan is mutable.
            return new CheckedEncoding(column, place);
        }
        // What the attribute has may say another thing than the column holds.
        @Nullable ScalarCodec scalar = local != null || LocalColumn.isTime(domain) ? null : scalar(domain);
        return scalar == null
                ? new ConvertedEncoding(converter, domain, column, open, place)
                : new BasicEncoding(scalar, open, place);
    }

    /** How the elements of a collection in one column are written. */
    private DynamicEncoding elements(BasicType<?> type, boolean aggregated) {
        if (!(type instanceof BasicPluralType<?, ?> plural)) {
            return open;
        }
        @Nullable ValueEncoding local = element(plural.getElementType(), aggregated);
        return local == null ? within(List.of(type)) : open.within(TypeScope.NONE, local);
    }

    private ValueEncoding plural(BasicPluralType<?, ?> type, Class<?> domain, TypeChecker place, boolean aggregated) {
        @Nullable ValueEncoding local = element(type.getElementType(), aggregated);
        if (local == null) {
            @Nullable ScalarCodec scalar = scalar(domain);
            return scalar == null
                    ? new CheckedEncoding(within(List.of(type)), place)
                    : new BasicEncoding(scalar, open, place);
        }
        return domain.isArray()
                ? new BasicEncoding(local(domain, local), open, place)
                : new CheckedEncoding(open.within(TypeScope.NONE, local), place);
    }

    /** How the elements of an array are written if they are dates or times without a time zone, or null. */
    private @Nullable ValueEncoding element(BasicType<?> type, boolean aggregated) {
        if (type instanceof BasicPluralType<?, ?> plural
                && type.getReturnedClass().isArray()) {
            @Nullable ValueEncoding local = element(plural.getElementType(), aggregated);
            return local == null ? null : new BasicEncoding(local(type.getReturnedClass(), local), open, null);
        }
        @Nullable LocalColumn column = LocalColumn.of(type.getJdbcType());
        Class<?> domain = type.getReturnedClass();
        if (column == null
                || column == LocalColumn.TIME_UTC
                || converter(type) != null
                || !LocalColumn.isTime(domain)
                || column.isExact(domain, null)) {
            return null;
        }
        return aggregated
                ? new ZonedEncoding(open, null)
                : new LocalEncoding(type.getJavaTypeDescriptor(), column, true, mapped.options(), open, null);
    }

    private static ScalarCodec local(Class<?> array, ValueEncoding element) {
        return new ArrayCodec("array of " + element.signature(), array.getComponentType(), element);
    }

    private @Nullable ValueEncoding local(
            BasicType<?> type, JavaType<?> javaType, @Nullable TypeChecker place, boolean aggregated) {
        @Nullable LocalColumn column = LocalColumn.of(type.getJdbcType());
        Class<?> value = javaType.getJavaTypeClass();
        if (column == null
                || !LocalColumn.isTime(value)
                || column.isExact(value, mapped.options().getJdbcTimeZone())) {
            return null;
        }
        if (aggregated) {
            return new ZonedEncoding(open, place);
        }
        return new LocalEncoding(javaType, column, false, mapped.options(), open, place);
    }

    /** How values are written that have some of these types, or parts of them. */
    private DynamicEncoding within(List<Type> types) {
        boolean local = types.stream().anyMatch(TypeEncodings::isLocal);
        return open.within(TypeScope.of(types), local ? new ZonedEncoding(open, null) : null);
    }

    private static boolean isLocal(Type type) {
        if (type instanceof CompositeType composite && !type.isAnyType()) {
            return Arrays.stream(composite.getSubtypes()).anyMatch(TypeEncodings::isLocal);
        }
        return type instanceof BasicType<?> basic && LocalColumn.of(basic.getJdbcType()) != null;
    }

    private ValueEncoding declared(@Nullable Class<?> type, @Nullable TypeChecker place) {
        @Nullable ScalarCodec scalar = type == null ? null : scalar(type);
        if (scalar == null) {
            return place == null ? open : new CheckedEncoding(open, place);
        }
        return new BasicEncoding(scalar, open, place);
    }

    private @Nullable ScalarCodec scalar(Class<?> type) {
        @Nullable ScalarCodec scalar = ScalarCodecs.ofType(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            return new EnumCodec(type);
        }
        return type.isArray() && type != Object[].class ? open.arrayOf(type.getComponentType()) : null;
    }

    @SuppressWarnings("unchecked")
    public static @Nullable BasicValueConverter<Object, Object> converter(BasicType<?> type) {
        return (BasicValueConverter<Object, Object>) type.getValueConverter();
    }
}
