package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.hibernate.mapping.SameTypes;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.BasicType;
import org.hibernate.type.BasicTypeRegistry;
import org.hibernate.type.CompositeType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * The basic types that values may have where they stand: in an attribute only those the attribute itself is made of, in a
 * query result any of the mapping's. A class that two of them map in different ways says nothing of its type.
 */
public final class TypeScope {

    /** Where no value has a type of the mapping. */
    public static final TypeScope NONE = new TypeScope();

    private final Map<Class<?>, BasicType<?>> types = new HashMap<>();
    private final Set<Class<?>> ambiguous = new HashSet<>();

    private TypeScope() {}

    /** The types that one type is made of. */
    public static TypeScope of(Collection<? extends Type> roots) {
        TypeScope scope = new TypeScope();
        roots.forEach(scope::add);
        return scope;
    }

    /** The types of all attributes, elements and ids, and those that are registered for the same classes. */
    public static TypeScope of(SessionFactoryImplementor factory) {
        TypeScope scope = new TypeScope();
        MappingMetamodel metamodel = factory.getRuntimeMetamodels().getMappingMetamodel();
        metamodel.forEachEntityDescriptor(scope::add);
        metamodel.forEachCollectionDescriptor(scope::add);
        BasicTypeRegistry registry = factory.getTypeConfiguration().getBasicTypeRegistry();
        for (Class<?> type : List.copyOf(scope.types.keySet())) {
            @Nullable BasicType<?> registered = registry.getRegisteredType(type.getName());
            if (registered != null) {
                scope.add(type, registered);
            }
        }
        return scope;
    }

    /**
     * Returns the type that a value of a class has here, or null.
     *
     * @throws UnsupportedValueException when it may be one of several
     */
    @Nullable
    BasicType<?> find(Class<?> type) throws UnsupportedValueException {
        if (ambiguous.contains(type)) {
            throw UnsupportedValueException.because(
                    type,
                    "the mapping has several types for " + type.getTypeName()
                            + ", and nothing tells which of them a column of a query has");
        }
        return types.get(type);
    }

    private void add(EntityPersister entity) {
        add(entity.getIdentifierType());
        for (Type type : entity.getPropertyTypes()) {
            add(type);
        }
    }

    private void add(CollectionPersister collection) {
        add(collection.getKeyType());
        add(collection.getElementType());
        if (collection.hasIndex()) {
            add(collection.getIndexType());
        }
        if (collection.getIdentifierType() != null) {
            add(collection.getIdentifierType());
        }
    }

    private void add(Type root) {
        Deque<Type> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (type instanceof CompositeType composite && !type.isAnyType()) {
                open.addAll(List.of(composite.getSubtypes()));
            } else if (type instanceof BasicType<?> basic && basic.getReturnedClass() != null) {
                add(basic.getReturnedClass(), basic);
                if (basic instanceof BasicPluralType<?, ?> plural) {
                    open.add(plural.getElementType());
                }
            }
        }
    }

    private void add(Class<?> type, BasicType<?> basic) {
        @Nullable BasicType<?> known = types.putIfAbsent(type, basic);
        if (known != null && !SameTypes.same(known, basic)) {
            ambiguous.add(type);
        }
    }
}
