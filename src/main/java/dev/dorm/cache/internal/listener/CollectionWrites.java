package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.hibernate.event.EventSessions;
import dev.dorm.cache.internal.reach.MappedReach;
import dev.dorm.cache.internal.reach.OwnedTables;
import dev.dorm.cache.internal.reach.Reach;
import dev.dorm.cache.internal.reach.Reaches;
import java.util.List;
import org.hibernate.Hibernate;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.Type;

/** Hears of each write to a collection, before the commit, and locks what it reaches. */
final class CollectionWrites
        implements PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener,
                PostCollectionRecreateEventListener,
                PostCollectionUpdateEventListener,
                PostCollectionRemoveEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Reaches reaches;
    private final transient MappedReach mapped;

    CollectionWrites(Reaches reaches, MappedReach mapped) {
        this.reaches = reaches;
        this.mapped = mapped;
    }

    void listen(EventListenerRegistry registry) {
        registry.getEventListenerGroup(EventType.PRE_COLLECTION_RECREATE).appendListener(this);
        registry.getEventListenerGroup(EventType.PRE_COLLECTION_UPDATE).appendListener(this);
        registry.getEventListenerGroup(EventType.POST_COLLECTION_RECREATE).appendListener(this);
        registry.getEventListenerGroup(EventType.POST_COLLECTION_UPDATE).appendListener(this);
        registry.getEventListenerGroup(EventType.POST_COLLECTION_REMOVE).appendListener(this);
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        taking(event, true);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        taking(event, false);
    }

    private void taking(AbstractCollectionEvent event, boolean all) {
        SharedSessionContractImplementor session = EventSessions.of(event);
        PersistentCollection<?> collection = event.getCollection();
        CollectionEntry entry =
                session == null ? null : session.getPersistenceContextInternal().getCollectionEntry(collection);
        if (session == null || entry == null || !collection.wasInitialized()) {
            return;
        }
        CollectionPersister role =
                entry.getCurrentPersister() == null ? entry.getLoadedPersister() : entry.getCurrentPersister();
        if (role == null || mapped.taking(role.getRole()).isNothing()) {
            return;
        }
        boolean taken = all || collection.needsRecreate(role)
                ? TakenElements.any(role.getCollectionType().getElementsIterator(collection), role, session)
                : TakenElements.anyChanged(collection, role, session);
        if (taken) {
            reaches.lock(session, mapped.taking(role.getRole()));
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
        return OwnedTables.rolesOf(owner.getRootEntityDescriptor().getEntityPersister(), factory);
    }

    /**
     * An entity was written. A stateless session writes all of its collections with it, and does not say whose the events of
     * these are ({@code StatelessSessionImpl.forEachOwnedCollection}).
     */
    void ofStateless(SharedSessionContractImplementor session, EntityPersister owner, Object entity) {
        if (session instanceof EventSource) {
            return;
        }
        Type[] types = owner.getPropertyTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i] instanceof CollectionType type) {
                Object value = owner.getValue(entity, i);
                if (Hibernate.isInitialized(value)) {
                    ofStateless(session, type, value);
                }
            }
        }
    }

    private void ofStateless(SharedSessionContractImplementor session, CollectionType type, Object value) {
        reaches.lock(session, mapped.ofCollection(type.getRole()));
        Reach taking = mapped.taking(type.getRole());
        if (value != null && !taking.isNothing()) {
            CollectionPersister role =
                    session.getFactory().getMappingMetamodel().getCollectionDescriptor(type.getRole());
            if (TakenElements.any(type.getElementsIterator(value), role, session)) {
                reaches.lock(session, taking);
            }
        }
    }
}
