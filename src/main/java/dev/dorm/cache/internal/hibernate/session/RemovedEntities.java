package dev.dorm.cache.internal.hibernate.session;

import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Rows whose entity a session has removed, and not flushed that yet.
 *
 * <p>Hibernate: {@code AbstractEntityPersister.isTransient} asks the cache when another instance is persisted under the id
 * of one that is removed, and takes what it is given for an entity that is there already.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code UnservableIT#anInstanceIsPersistedUnderTheIdOfOneThatIsRemoved} stays green without it.
 */
public final class RemovedEntities {

    private RemovedEntities() {}

    /** Returns whether a row is that of one. */
    public static boolean has(SharedSessionContractImplementor session, EntityPersister root, Object id) {
        if (!(session instanceof EventSource source) || !source.getActionQueue().hasAnyQueuedActions()) {
            return false;
        }
        EntityKey key = source.generateEntityKey(id, root);
        PersistenceContext context = source.getPersistenceContextInternal();
        Object instance = context.getEntity(key);
        EntityEntry entry = instance == null ? null : context.getEntry(instance);
        return entry != null && entry.getStatus() == Status.DELETED;
    }
}
