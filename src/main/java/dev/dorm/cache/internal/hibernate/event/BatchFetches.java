package dev.dorm.cache.internal.hibernate.event;

import org.hibernate.engine.spi.BatchFetchQueue;
import org.hibernate.engine.spi.SessionEventListenerManager;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * What Hibernate would fetch in one batch with a row ({@code @BatchSize}).
 *
 * <p>Hibernate: it asks the cache for each of them, be it in vain ({@code BatchFetchQueue.isCached}) or as the application
 * touches one after the other. The queue says what is in it only by asking the cache whether it is there; so it is asked, and
 * the question is taken for the answer.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code PrefetchIT#proxiesOfABatchCostOne} and {@code PrefetchIT#collectionsOfABatchCostOne} stay green without
 * it.
 */
public final class BatchFetches {

    private static final ThreadLocal<Boolean> LISTENING = ThreadLocal.withInitial(() -> false);

    private BatchFetches() {}

    /** Returns whether a row is asked for by the queue only because it was asked what is in it. */
    public static boolean areListed() {
        return LISTENING.get();
    }

    /** Lets the queue ask for the entities of a row's batch; returns whether there are any. */
    public static boolean listWith(SharedSessionContractImplementor session, EntityPersister root, Object id) {
        boolean any = false;
        for (String name : root.getSubclassEntityNames()) {
            EntityPersister entity = session.getFactory().getMappingMetamodel().getEntityDescriptor(name);
            int size = session.getLoadQueryInfluencers().effectiveBatchSize(entity);
            if (size > 1 && entity.canReadFromCache()) {
                any |= list(session, queue -> queue.getBatchLoadableEntityIds(entity, id, size));
            }
        }
        return any;
    }

    /** Lets the queue ask for the collections of a row's batch; returns whether there are any. */
    public static boolean listWith(
            SharedSessionContractImplementor session, CollectionPersister collection, Object key) {
        int size = session.getLoadQueryInfluencers().effectiveBatchSize(collection);
        return size > 1 && list(session, queue -> queue.getCollectionBatch(collection, key, size));
    }

    private interface Listing {
        Object[] of(BatchFetchQueue queue);
    }

    private static boolean list(SharedSessionContractImplementor session, Listing listing) {
        SessionEventListenerManager events = session.getEventListenerManager();
        // The queue asks the cache in the midst of Hibernate's asking it: no listener is told of one within the other.
        events.cacheGetEnd(false);
        LISTENING.set(true);
        try {
            Object[] batch = listing.of(session.getPersistenceContextInternal().getBatchFetchQueue());
            // The first is the row that is asked for, and the rest of the array may be empty.
            return batch.length > 1 && batch[1] != null;
        } finally {
            LISTENING.remove();
            events.cacheGetStart();
        }
    }
}
