package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.hibernate.event.CollectionEvictions;
import dev.dorm.cache.internal.hibernate.event.EventSessions;
import dev.dorm.cache.internal.hibernate.event.FormerOwners;
import dev.dorm.cache.internal.region.CollectionAccess;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
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
 * Does Hibernate's evictions of collections for the session of the event, which takes over the locks that they ask for.
 *
 * @param evictions Hibernate's
 */
public record AskedEvictions(CollectionEvictions evictions)
        implements PostInsertEventListener, PostUpdateEventListener, PostUpsertEventListener, PostDeleteEventListener {

    private static final long serialVersionUID = 1L;

    /**
     * Takes the place of Hibernate's listener, if it listens.
     *
     * @param factory the session factory, complete
     */
    public static void replaceIn(SessionFactoryImplementor factory) {
        EventListenerRegistry registry = factory.getEventEngine().getListenerRegistry();
        CollectionEvictions.replaceIn(registry.getEventListenerGroup(EventType.POST_INSERT), AskedEvictions::new);
        if (CollectionEvictions.replaceIn(registry.getEventListenerGroup(EventType.POST_UPDATE), AskedEvictions::new)) {
            // Hibernate's listener does not hear of a stateless session's upserts.
            registry.getEventListenerGroup(EventType.POST_UPSERT)
                    .appendListener(new AskedEvictions(CollectionEvictions.unheard()));
        }
        CollectionEvictions.replaceIn(registry.getEventListenerGroup(EventType.POST_DELETE), AskedEvictions::new);
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

    private static void evictAll(SharedSessionContractImplementor session, EntityPersister entity) {
        List<CachedRows> rows = new ArrayList<>();
        FormerOwners.collectionsOf(entity).forEach(collection -> {
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

    @Override
    public void onPostInsert(PostInsertEvent event) {
        asking(event, event.getPersister(), () -> evictions.of(event));
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        asking(event, event.getPersister(), () -> evictions.of(event));
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        asking(event, event.getPersister(), () -> {});
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        asking(event, event.getPersister(), () -> evictions.of(event));
        if (EventSessions.of(event) instanceof EventSource session) {
            FormerOwners.of(session, event, (collection, owner) -> evict(session, collection, owner));
        }
    }

    private static void evict(EventSource session, CollectionPersister collection, Object owner) {
        if (collection.getCacheAccessStrategy() instanceof CollectionAccess access) {
            access.writtenElsewhere(
                    session,
                    access.generateCacheKey(owner, collection, session.getFactory(), session.getTenantIdentifier()));
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return evictions.areDoneAfterCommit(persister);
    }
}
