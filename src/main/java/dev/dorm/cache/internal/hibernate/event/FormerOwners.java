package dev.dorm.cache.internal.hibernate.event;

import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The owners that the database has of an element which is deleted.
 *
 * <p>Hibernate: {@code CollectionCacheInvalidator.onPostDelete} evicts the collection of the owner that the element had last:
 * not of the one that it has in the database, if that was changed and never written. For a stateless session, which does not
 * know whose the element was before, it evicts none.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code CollectionEvictionIT#aMemberThatMovesAndIsRemovedBeforeThatIsWritten} and
 * {@code CollectionEvictionIT#aMemberThatAStatelessSessionMoves} stay green without it.
 */
public final class FormerOwners {

    private FormerOwners() {}

    /** Returns the cached collections that an entity may be an element of. */
    public static List<CollectionPersister> collectionsOf(EntityPersister entity) {
        var mapping = entity.getFactory().getMappingMetamodel();
        var roles = mapping.getCollectionRolesByEntityParticipant(entity.getEntityName());
        return roles == null
                ? List.of()
                : roles.stream()
                        .map(mapping::getCollectionDescriptor)
                        .filter(CollectionPersister::hasCache)
                        .toList();
    }

    /** Tells the id of each, with the collection that the element was in. */
    public static void of(EventSource session, PostDeleteEvent event, BiConsumer<CollectionPersister, Object> told) {
        Object[] state = event.getDeletedState();
        if (state != null) {
            collectionsOf(event.getPersister()).forEach(collection -> of(session, event, collection, state, told));
        }
    }

    private static void of(
            EventSource session,
            PostDeleteEvent event,
            CollectionPersister collection,
            Object[] state,
            BiConsumer<CollectionPersister, Object> told) {
        String mappedBy = collection.getMappedByProperty();
        if (collection.isManyToMany() || mappedBy == null || mappedBy.isEmpty()) {
            return;
        }
        EntityPersister entity = event.getPersister();
        int index = List.of(entity.getPropertyNames()).indexOf(mappedBy);
        Object owner = index < 0 ? null : state[index];
        if (owner != null && owner != entity.getValue(event.getEntity(), index)) {
            Object id = session.getContextEntityIdentifier(owner);
            told.accept(
                    collection,
                    id == null ? collection.getOwnerEntityPersister().getIdentifier(owner, session) : id);
        }
    }
}
