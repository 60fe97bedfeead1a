package dev.dorm.cache.internal.region;

import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Hears of each write, after its statement and before the commit, and locks what it reaches. A stateless session of
 * Hibernate 6 does not say whose event it is: it tells a cache nothing.
 */
final class WritesThatReach
        implements PostInsertEventListener,
                PostUpdateEventListener,
                PostUpsertEventListener,
                PostDeleteEventListener,
                PostCollectionRecreateEventListener,
                PostCollectionUpdateEventListener,
                PostCollectionRemoveEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Reaches reaches;
    private final transient MappedReach mapped;

    private WritesThatReach(Reaches reaches, MappedReach mapped) {
        this.reaches = reaches;
        this.mapped = mapped;
    }

    static void listen(SessionFactoryImplementor factory, Reaches reaches, MappedReach mapped) {
        WritesThatReach listener = new WritesThatReach(reaches, mapped);
        EventListenerRegistry registry = factory.getEventEngine().getListenerRegistry();
        registry.getEventListenerGroup(EventType.POST_INSERT).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_UPDATE).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_UPSERT).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_DELETE).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_COLLECTION_RECREATE).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_COLLECTION_UPDATE).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_COLLECTION_REMOVE).appendListener(listener);
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        written(event, event.getPersister(), event.getId());
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        written(event, event.getPersister(), event.getId());
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        written(event, event.getPersister(), event.getId());
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        written(event, event.getPersister(), event.getId());
        SharedSessionContractImplementor session = EventSessions.of(event);
        // A soft delete is an update, which no foreign key hears of.
        if (session != null && event.getPersister().getSoftDeleteMapping() == null) {
            reaches.lock(session, mapped.deletes(root(event.getPersister()).getEntityName()));
        }
    }

    private void written(Object event, EntityPersister entity, Object id) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session == null) {
            return;
        }
        String root = root(entity).getEntityName();
        reaches.lock(session, mapped.writes(root));
        mapped.twins(root).forEach(twin -> twin(session, twin, id));
    }

    /** The row is that of another entity, too. */
    private void twin(SharedSessionContractImplementor session, String name, Object id) {
        SessionFactoryImplementor factory = session.getFactory();
        EntityPersister entity = factory.getMappingMetamodel().getEntityDescriptor(name);
        if (entity.getCacheAccessStrategy() instanceof EntityAccess access) {
            Object key = access.generateCacheKey(id, entity, factory, session.getTenantIdentifier());
            access.writtenElsewhere(session, key);
        }
        if (entity.hasNaturalIdCache() && entity.getNaturalIdCacheAccessStrategy() instanceof NaturalIdAccess access) {
            reaches.lock(session, access);
        }
    }

    @Override
    public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
        written(event);
    }

    @Override
    public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
        written(event);
    }

    @Override
    public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
        written(event);
    }

    private void written(AbstractCollectionEvent event) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session != null) {
            roles(event, session.getFactory()).forEach(role -> reaches.lock(session, mapped.ofCollection(role)));
        }
    }

    /** A collection that is removed without having been loaded does not say its role: it is one of its owner's. */
    private static List<String> roles(AbstractCollectionEvent event, SessionFactoryImplementor factory) {
        if (event.getCollection() != null && event.getCollection().getRole() != null) {
            return List.of(event.getCollection().getRole());
        }
        EntityPersister owner = factory.getMappingMetamodel().getEntityDescriptor(event.getAffectedOwnerEntityName());
        return OwnedTables.rolesOf(root(owner), factory);
    }

    private static EntityPersister root(EntityPersister entity) {
        return entity.getRootEntityDescriptor().getEntityPersister();
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
