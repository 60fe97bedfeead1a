package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.hibernate.event.EventSessions;
import dev.dorm.cache.internal.region.CollectionAccess;
import dev.dorm.cache.internal.region.EntityAccess;
import dev.dorm.cache.internal.session.EarlyLocks;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Learns what each statement is about to write, and has written, of an entity, and which entities were inserted.
 *
 * <p>Hibernate does not say to a cache which attributes an update wrote ({@code EntityUpdateAction}), nor of every insert
 * that there was one ({@code EntityIdentityInsertAction}, {@code StatelessSessionImpl}); its listeners are told.
 */
public final class Writes implements PostInsertEventListener, PreUpdateEventListener, PostUpdateEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<CollectionPersister>> collections = new ConcurrentHashMap<>();

    private Writes() {}

    /**
     * Listens from now on.
     *
     * @param factory the session factory, complete
     */
    public static void listen(SessionFactoryImplementor factory) {
        Writes writes = new Writes();
        EventListenerRegistry registry = factory.getServiceRegistry().requireService(EventListenerRegistry.class);
        registry.appendListeners(EventType.POST_INSERT, writes);
        registry.appendListeners(EventType.POST_UPDATE, writes);
        registry.appendListeners(EventType.PRE_UPDATE, writes);
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        EarlyLocks early = session == null ? null : SessionContext.of(session).early();
        if (early != null) {
            early.beforeUpdate(session, event.getPersister());
        }
        return false;
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        EntityPersister entity = event.getPersister();
        if (session == null) {
            return;
        }
        if (entity.canWriteToCache() && entity.getCacheAccessStrategy() instanceof EntityAccess access) {
            access.inserted(session, event);
        }
        for (CollectionPersister collection : collections.computeIfAbsent(entity.getEntityName(), e -> owned(entity))) {
            if (collection.getCacheAccessStrategy() instanceof CollectionAccess access) {
                access.ownerInserted(session, collection, event.getId());
            }
        }
    }

    /** Those that are found by their owner's id; what else they are found by, a new owner need not have. */
    private static List<CollectionPersister> owned(EntityPersister entity) {
        List<CollectionPersister> owned = new ArrayList<>();
        entity.getFactory().getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            if (collection.hasCache()
                    && collection.getOwnerEntityPersister().isSubclassEntityName(entity.getEntityName())
                    && collection.getCollectionType().useLHSPrimaryKey()) {
                owned.add(collection);
            }
        });
        return List.copyOf(owned);
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        EntityPersister entity = event.getPersister();
        if (session != null
                && entity.canWriteToCache()
                && entity.getCacheAccessStrategy() instanceof EntityAccess access) {
            access.wrote(session, event);
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
