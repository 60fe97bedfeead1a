package dev.dorm.cache.internal.hibernate.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.cache.internal.CollectionCacheInvalidator;
import org.hibernate.event.service.spi.EventListenerGroup;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Hibernate's evictions of collections ({@code hibernate.cache.auto_evict_collection_cache}), in whose place a listener can be
 * put that knows the session.
 *
 * <p>Hibernate: {@code CollectionCacheInvalidator.evictCache} locks a whole region without saying for which session.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code CollectionEvictionIT#aMemberThatAStatelessSessionMoves} stays green without it.
 *
 * @param listener Hibernate's listener
 */
public record CollectionEvictions(CollectionCacheInvalidator listener) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Evictions that Hibernate does not do: of an event that its listener does not hear of. */
    public static CollectionEvictions unheard() {
        return new CollectionEvictions(new CollectionCacheInvalidator());
    }

    /**
     * Puts a listener in the place of Hibernate's.
     *
     * @param group who listens
     * @param replacement makes the listener
     * @return whether Hibernate's was there
     */
    public static <T> boolean replaceIn(EventListenerGroup<T> group, Function<CollectionEvictions, T> replacement) {
        List<T> listeners = new ArrayList<>();
        group.fireEventOnEachListener(listeners, (listener, all) -> all.add(listener));
        boolean listens = listeners.stream().anyMatch(CollectionCacheInvalidator.class::isInstance);
        if (listens) {
            group.clearListeners();
            listeners.forEach(each -> group.appendListener(
                    each instanceof CollectionCacheInvalidator evictions
                            ? replacement.apply(new CollectionEvictions(evictions))
                            : each));
        }
        return listens;
    }

    public void of(PostInsertEvent event) {
        listener.onPostInsert(event);
    }

    public void of(PostUpdateEvent event) {
        listener.onPostUpdate(event);
    }

    public void of(PostDeleteEvent event) {
        listener.onPostDelete(event);
    }

    public boolean areDoneAfterCommit(EntityPersister entity) {
        return listener.requiresPostCommitHandling(entity);
    }
}
