package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.region.CollectionAccess;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.internal.CollectionCacheInvalidator;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerGroup;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Hibernate's evictions of collections ({@code hibernate.cache.auto_evict_collection_cache}), which lock a whole region
 * without saying for which session. The event knows it.
 *
 * @param evictions Hibernate's listener, whose place this one takes
 */
public record AskedEvictions(CollectionCacheInvalidator evictions)
        implements PostInsertEventListener, PostUpdateEventListener, PostUpsertEventListener, PostDeleteEventListener {

    private static final long serialVersionUID = 1L;

    /**
     * Takes the place of Hibernate's listener, if it listens.
     *
     * @param factory the session factory, complete
     */
    public static void replaceIn(SessionFactoryImplementor factory) {
        replace(factory, EventType.POST_INSERT);
        if (replace(factory, EventType.POST_UPDATE)) {
            // Hibernate's listener does not hear of a stateless session's upserts.
            factory.getEventEngine()
                    .getListenerRegistry()
                    .getEventListenerGroup(EventType.POST_UPSERT)
                    .appendListener(new AskedEvictions(new CollectionCacheInvalidator()));
        }
        replace(factory, EventType.POST_DELETE);
    }

    @SuppressWarnings("unchecked") // the same interface that Hibernate's listener was registered for
    private static <T> boolean replace(SessionFactoryImplementor factory, EventType<T> type) {
        EventListenerGroup<T> group =
                factory.getEventEngine().getListenerRegistry().getEventListenerGroup(type);
        List<T> listeners = new ArrayList<>();
        group.fireEventOnEachListener(listeners, (listener, all) -> all.add(listener));
        boolean listens = listeners.stream().anyMatch(CollectionCacheInvalidator.class::isInstance);
        if (listens) {
            group.clearListeners();
            listeners.forEach(listener -> group.appendListener(
                    listener instanceof CollectionCacheInvalidator evictions
                            ? (T) new AskedEvictions(evictions)
                            : listener));
        }
        return listens;
    }

    private void asking(Object event, EntityPersister entity, Runnable eviction) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session == null) {
            eviction.run();
        } else if (session instanceof EventSource) {
            RegionLocks.askedBy(SessionContext.of(session), eviction);
        } else {
            evictAll(session, entity);
        }
    }

    /** Hibernate does nothing for a stateless session, which does not know whose the element was before. */
    private static void evictAll(SharedSessionContractImplementor session, EntityPersister entity) {
        List<CachedRows> rows = new ArrayList<>();
        collectionsOf(entity).forEach(collection -> {
            if (collection.getCacheAccessStrategy() instanceof CollectionAccess access) {
                rows.add(access.rows());
            }
        });
        if (!rows.isEmpty()) {
            SessionContext context = SessionContext.of(session);
            RegionLocks.askedBy(context, () -> CachedRows.lockAll(rows));
            context.writtenInBulk();
        }
    }

    /** Returns the cached collections that an entity may be an element of. */
    private static List<CollectionPersister> collectionsOf(EntityPersister entity) {
        var mapping = entity.getFactory().getMappingMetamodel();
        var roles = mapping.getCollectionRolesByEntityParticipant(entity.getEntityName());
        return roles == null
                ? List.of()
                : roles.stream()
                        .map(mapping::getCollectionDescriptor)
                        .filter(CollectionPersister::hasCache)
                        .toList();
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        asking(event, event.getPersister(), () -> evictions.onPostInsert(event));
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        asking(event, event.getPersister(), () -> evictions.onPostUpdate(event));
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        asking(event, event.getPersister(), () -> {});
    }

    /**
     * {@inheritDoc}
     *
     * <p>Hibernate evicts the collection of the owner that the element had last: not of the one that it has in the database,
     * if that was changed and never written.
     */
    @Override
    public void onPostDelete(PostDeleteEvent event) {
        asking(event, event.getPersister(), () -> evictions.onPostDelete(event));
        Object[] state = event.getDeletedState();
        if (state != null && EventSessions.of(event) instanceof EventSource session) {
            collectionsOf(event.getPersister()).forEach(collection -> evict(session, event, collection, state));
        }
    }

    private static void evict(
            EventSource session, PostDeleteEvent event, CollectionPersister collection, Object[] state) {
        String mappedBy = collection.getMappedByProperty();
        if (collection.isManyToMany() || mappedBy == null || mappedBy.isEmpty()) {
            return;
        }
        EntityPersister entity = event.getPersister();
        int index = List.of(entity.getPropertyNames()).indexOf(mappedBy);
        Object owner = index < 0 ? null : state[index];
        if (owner != null
                && owner != entity.getValue(event.getEntity(), index)
                && collection.getCacheAccessStrategy() instanceof CollectionAccess access) {
            Object id = session.getContextEntityIdentifier(owner);
            Object key = id == null ? collection.getOwnerEntityPersister().getIdentifier(owner, session) : id;
            access.writtenElsewhere(
                    session,
                    access.generateCacheKey(key, collection, session.getFactory(), session.getTenantIdentifier()));
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return evictions.requiresPostCommitHandling(persister);
    }
}
