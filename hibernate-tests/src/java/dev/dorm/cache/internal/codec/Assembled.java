package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.entity.CollectionReferences;
import dev.dorm.cache.internal.hibernate.Entries;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.util.List;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.cache.spi.entry.StandardCacheEntryImpl;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.hibernate.type.CollectionType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;

/**
 * Assembles what a codec decoded, type by type, as Hibernate does ({@code CacheEntryHelper.assemble},
 * {@code PersistentMap.initializeFromCache} and their like), and fails when something of a wrong type comes out. What is
 * behind a reference is not loaded; its id is assembled instead.
 */
final class Assembled {

    private final SharedSessionContractImplementor session;
    private final MappingMetamodel metamodel;

    Assembled(SharedSessionContractImplementor session) {
        this.session = session;
        this.metamodel = session.getFactory().getMappingMetamodel();
    }

    void entity(Object decoded) {
        StandardCacheEntryImpl entry = (StandardCacheEntryImpl) decoded;
        EntityPersister persister = metamodel.getEntityDescriptor(entry.getSubclass());
        require(!persister.isAbstract(), "an abstract class", entry.getSubclass());
        Serializable[] state = (Serializable[]) entry.getDisassembledState();
        Type[] types = persister.getPropertyTypes();
        require(state.length == types.length, "another number of attributes", state.length);
        for (int i = 0; i < types.length; i++) {
            String name = persister.getPropertyNames()[i];
            if (state[i] == LazyPropertyInitializer.UNFETCHED_PROPERTY) {
                require(persister.getPropertyLaziness()[i], name, "unfetched");
                continue;
            }
            AttributeMapping attribute = persister.findAttributeMapping(name);
            Class<?> declared = attribute.getPropertyAccess().getGetter().getReturnTypeClass();
            Object value = value(types[i], state[i]);
            require(value != null || !declared.isPrimitive(), name, "null");
            if (!types[i].isAssociationType()) {
                require(value == null || boxed(declared).isInstance(value), name, value);
            }
        }
    }

    void collection(CollectionPersister persister, Object decoded) {
        Serializable[] state = (Serializable[]) ((CollectionCacheEntry) decoded).getState();
        Type leading = CollectionReferences.leading(persister);
        require(leading == null || state.length % 2 == 0, "pairs", state.length);
        for (int i = 0; i < state.length; i++) {
            boolean key = leading != null && i % 2 == 0;
            Object value = value(key ? leading : persister.getElementType(), state[i]);
            require(!key || value != null, "a key", "null");
        }
    }

    void naturalId(EntityPersister persister, Object decoded) {
        require(boxed(persister.getIdentifierType().getReturnedClass()).isInstance(decoded), "an id", decoded);
    }

    void result(List<?> rows) {
        for (int i = 0; i < rows.size(); i++) {
            require(rows.get(i) != null, "a row", "null");
        }
        require(rows.isEmpty() || rows.get(rows.size() - 1) instanceof Integer, "the number of rows", "none");
    }

    private Object value(Type type, Serializable state) {
        if (type.isAnyType()) {
            if (state != null) {
                ObjectTypeCacheEntry any = (ObjectTypeCacheEntry) state;
                naturalId(metamodel.getEntityDescriptor(Entries.anyEntityName(any)), Entries.anyId(any));
            }
            return state;
        }
        if (type instanceof EntityType entity) {
            return value(
                    metamodel
                            .getEntityDescriptor(entity.getAssociatedEntityName())
                            .getIdentifierType(),
                    state);
        }
        if (type instanceof CollectionType collection) {
            return value(metamodel.getCollectionDescriptor(collection.getRole()).getKeyType(), state);
        }
        Object value = type.assemble(state, session, null);
        require(value == null || boxed(type.getReturnedClass()).isInstance(value), type.getName(), value);
        return value;
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static void require(boolean holds, String what, Object found) {
        if (!holds) {
            throw new AssertionError(what + " is " + (found == null ? null : found.getClass() + " " + found));
        }
    }
}
