package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.session.SessionContext;
import java.util.Iterator;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;

/**
 * Whether a collection that is kept in its elements' own rows takes any from another one. It may with each row that it
 * writes, since nobody knows in which collection that was by then: what this session has loaded may be older. It does not
 * with elements that this transaction has inserted.
 */
final class TakenElements {

    private TakenElements() {}

    /** Takes note of an entity that was inserted, and so is in no collection that others have seen. */
    static void inserted(SharedSessionContractImplementor session, Object id, EntityPersister entity) {
        SessionContext context = SessionContext.of(session);
        if (context.inTransaction()) {
            context.inserts().add(session.generateEntityKey(id, entity));
        }
    }

    /** Returns whether it takes any of all its elements. */
    static boolean any(Iterator<?> elements, CollectionPersister role, SharedSessionContractImplementor session) {
        EntityPersister entity = entity(role, session);
        while (elements.hasNext()) {
            Object element = elements.next();
            if (element != null && !isInserted(element, entity, session)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether it takes any by an update, which writes what {@code PersistentCollection.includeInInsert} says. */
    static boolean anyChanged(
            PersistentCollection<?> collection, CollectionPersister role, SharedSessionContractImplementor session) {
        EntityPersister entity = entity(role, session);
        Type type = role.getElementType();
        Iterator<?> entries = collection.entries(role);
        for (int i = 0; entries.hasNext(); i++) {
            Object entry = entries.next();
            if (collection.entryExists(entry, i)
                    && (collection.needsInserting(entry, i, type) || collection.needsUpdating(entry, i, type))
                    && !isInserted(collection.getElement(entry), entity, session)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInserted(
            Object element, EntityPersister entity, SharedSessionContractImplementor session) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(element);
        Object id = proxy == null ? entity.getIdentifier(element, session) : proxy.getInternalIdentifier();
        return id != null && SessionContext.of(session).inserts().contain(session.generateEntityKey(id, entity));
    }

    private static EntityPersister entity(CollectionPersister role, SharedSessionContractImplementor session) {
        String name = ((EntityType) role.getElementType()).getAssociatedEntityName();
        return session.getFactory().getMappingMetamodel().getEntityDescriptor(name);
    }
}
