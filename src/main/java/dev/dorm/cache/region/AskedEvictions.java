package dev.dorm.cache.region;

import dev.dorm.cache.coherence.RegionLocks;
import dev.dorm.cache.coherence.SessionContext;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.internal.CollectionCacheInvalidator;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerGroup;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Hibernate's evictions of collections ({@code hibernate.cache.auto_evict_collection_cache}), which lock a whole region
 * without saying for which session. The event knows it.
 *
 * @param evictions Hibernate's listener, whose place this one takes
 */
public record AskedEvictions(CollectionCacheInvalidator evictions)
        implements PostInsertEventListener, PostUpdateEventListener, PostDeleteEventListener {

    private static final long serialVersionUID = 1L;

    /**
     * Takes the place of Hibernate's listener, if it listens.
     *
     * @param factory the session factory, complete
     */
    public static void replaceIn(SessionFactoryImplementor factory) {
        replace(factory, EventType.POST_INSERT);
        replace(factory, EventType.POST_UPDATE);
        replace(factory, EventType.POST_DELETE);
    }

    @SuppressWarnings("unchecked") // the same interface that Hibernate's listener was registered for
    private static <T> void replace(SessionFactoryImplementor factory, EventType<T> type) {
        EventListenerGroup<T> group =
                factory.getEventEngine().getListenerRegistry().getEventListenerGroup(type);
        List<T> listeners = new ArrayList<>();
        group.listeners().forEach(listeners::add);
        if (listeners.stream().anyMatch(CollectionCacheInvalidator.class::isInstance)) {
            group.clearListeners();
            listeners.forEach(listener -> group.appendListener(
                    listener instanceof CollectionCacheInvalidator evictions
                            ? (T) new AskedEvictions(evictions)
                            : listener));
        }
    }

    private static void asking(Object event, Runnable eviction) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session == null) {
            eviction.run();
        } else {
            RegionLocks.askedBy(SessionContext.of(session), eviction);
        }
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        asking(event, () -> evictions.onPostInsert(event));
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        asking(event, () -> evictions.onPostUpdate(event));
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        asking(event, () -> evictions.onPostDelete(event));
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return evictions.requiresPostCommitHandling(persister);
    }
}
