package dev.dorm.cache.codec;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.CustomType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.hibernate.type.UserComponentType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/** Chooses, when a codec is built, how the values that a Hibernate type disassembles to are written. */
final class TypeEncodings {

    private final MappingMetamodel metamodel;
    private final OpenEncoding open;
    private final MappedValues mapped;

    TypeEncodings(SessionFactoryImplementor factory, OpenEncoding open, MappedValues mapped) {
        this.mapped = mapped;
        this.metamodel = factory.getRuntimeMetamodels().getMappingMetamodel();
        this.open = open;
    }

    ValueEncoding of(Type type) {
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
        if (type instanceof ComponentType component && !(type instanceof UserComponentType<?>)) {
            return component(component);
        }
        return type instanceof BasicType<?> basic ? basic(basic) : new CheckedEncoding(open, new Place(type));
    }

    private ValueEncoding component(ComponentType type) {
        List<ValueEncoding> parts = new ArrayList<>();
        for (Type part : type.getSubtypes()) {
            parts.add(of(part));
        }
        return ComponentEncoding.of(type, List.copyOf(parts), open);
    }

    private ValueEncoding basic(BasicType<?> type) {
        @Nullable BasicValueConverter<Object, Object> converter = converter(type);
        Class<?> domain = type.getReturnedClass();
        Place place = new Place(type);
        @Nullable SetEncoding set = SetEncoding.of(type, mapped, place, open);
        if (set != null) {
            return set;
        }
        if (converter == null) {
            if (MappedValues.formatted(type) && leaf(domain) == null) {
                return new FormattedEncoding(type, mapped, open, place);
            }
            // What a user's type disassembles to, only that type knows.
            return type instanceof CustomType<?>
                    ? new CheckedEncoding(declared(domain, null), place)
                    : declared(domain, place);
        }
        Class<?> relational = converter.getRelationalJavaType().getJavaTypeClass();
        if (type.getJavaTypeDescriptor().getMutabilityPlan().isMutable()) {
            // AttributeConverterMutabilityPlanImpl.disassemble converts when the plan is mutable.
            return new CheckedEncoding(declared(relational, null), place);
        }
        @Nullable Leaf leaf = leaf(domain);
        return leaf == null
                ? new ConvertedEncoding(converter, domain, declared(relational, null), open, place)
                : new BasicEncoding(leaf, open, place);
    }

    private ValueEncoding declared(@Nullable Class<?> type, @Nullable Place place) {
        @Nullable Leaf leaf = type == null ? null : leaf(type);
        if (leaf == null) {
            return place == null ? open : new CheckedEncoding(open, place);
        }
        return new BasicEncoding(leaf, open, place);
    }

    private @Nullable Leaf leaf(Class<?> type) {
        @Nullable Leaf leaf = Leaves.ofType(type);
        if (leaf != null) {
            return leaf;
        }
        if (type.isEnum()) {
            return new EnumLeaf(type);
        }
        return type.isArray() && type != Object[].class ? open.arrayOf(type.getComponentType()) : null;
    }

    @SuppressWarnings("unchecked")
    static @Nullable BasicValueConverter<Object, Object> converter(BasicType<?> type) {
        return (BasicValueConverter<Object, Object>) type.getValueConverter();
    }
}
