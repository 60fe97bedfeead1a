package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.hibernate.event.EventSessions;
import dev.dorm.cache.internal.reach.MappedReach;
import dev.dorm.cache.internal.reach.Reaches;
import dev.dorm.cache.internal.region.EntityAccess;
import dev.dorm.cache.internal.region.NaturalIdAccess;
import java.util.Arrays;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each write to an entity, after its statement and before the commit, and locks what it reaches. An event whose
 * session is not known ({@link EventSessions}) reaches nothing.
 */
public final class WritesThatReach
        implements PostInsertEventListener, PostUpdateEventListener, PostUpsertEventListener, PostDeleteEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Reaches reaches;
    private final transient MappedReach mapped;
    private final transient CollectionWrites collections;

    private WritesThatReach(Reaches reaches, MappedReach mapped) {
        this.reaches = reaches;
        this.mapped = mapped;
        this.collections = new CollectionWrites(reaches, mapped);
    }

    /**
     * Listens to what is written, if the mapping says that any of it reaches further.
     *
     * @param factory the session factory, complete
     * @param reaches what its mapping says
     */
    public static void listen(SessionFactoryImplementor factory, Reaches reaches) {
        MappedReach mapped = reaches.mapped();
        if (mapped == null) {
            return;
        }
        WritesThatReach listener = new WritesThatReach(reaches, mapped);
        EventListenerRegistry registry = factory.getEventEngine().getListenerRegistry();
        registry.getEventListenerGroup(EventType.POST_INSERT).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_UPDATE).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_UPSERT).appendListener(listener);
        registry.getEventListenerGroup(EventType.POST_DELETE).appendListener(listener);
        listener.collections.listen(registry);
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        EntityPersister entity = event.getPersister();
        if (session != null && mapped.isTaken(root(entity).getEntityName())) {
            TakenElements.inserted(session, event.getId(), entity);
        }
        written(event, entity, event.getId(), event.getEntity());
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        written(event, event.getPersister(), event.getId(), event.getEntity());
        decided(event, event.getPersister(), event.getDirtyProperties());
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        written(event, event.getPersister(), event.getId(), event.getEntity());
        decided(event, event.getPersister(), null);
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        written(event, event.getPersister(), event.getId(), event.getEntity());
        SharedSessionContractImplementor session = EventSessions.of(event);
        // A soft delete is an update, which no foreign key hears of.
        if (session != null && event.getPersister().getSoftDeleteMapping() == null) {
            reaches.lock(session, mapped.deletes(root(event.getPersister()).getEntityName()));
        }
    }

    private void written(Object event, EntityPersister entity, Object id, Object instance) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session == null) {
            return;
        }
        String root = root(entity).getEntityName();
        reaches.lock(session, mapped.writes(root));
        mapped.twins(root).forEach(twin -> twin(session, twin, id));
        collections.ofStateless(session, entity, instance);
    }

    /** Of a change to a row that it has not read, Hibernate does not say which attributes were changed. */
    private void decided(Object event, EntityPersister entity, int @Nullable [] changed) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session == null) {
            return;
        }
        String[] names = entity.getPropertyNames();
        @Nullable
        List<String> attributes = changed == null
                ? null
                : Arrays.stream(changed).mapToObj(i -> names[i]).toList();
        reaches.lock(session, mapped.deciding(root(entity).getEntityName(), attributes));
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
            reaches.lock(session, access.rows());
        }
    }

    private static EntityPersister root(EntityPersister entity) {
        return entity.getRootEntityDescriptor().getEntityPersister();
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
