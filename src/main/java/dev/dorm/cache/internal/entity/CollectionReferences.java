package dev.dorm.cache.internal.entity;

import dev.dorm.cache.internal.hibernate.Entries;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** Which entities the elements and keys of a cached collection are. */
public final class CollectionReferences {

    private CollectionReferences() {}

    /**
     * Returns whether a collection of a role may refer to entities.
     *
     * @param persister the collection
     * @return false when its state holds values only
     */
    public static boolean possible(CollectionPersister persister) {
        Type leading = leading(persister);
        return refers(persister.getElementType()) || leading != null && refers(leading);
    }

    /**
     * Returns the entities that a collection refers to.
     *
     * @param persister the collection
     * @param state its state, as {@code CollectionCacheEntry.getState} gives it
     * @param session the session that reads
     * @return the references, in the order in which Hibernate resolves them
     */
    public static List<EntityReference> of(
            CollectionPersister persister, @Nullable Object[] state, SharedSessionContractImplementor session) {
        Type element = persister.getElementType();
        @Nullable Type leading = leading(persister);
        List<EntityReference> references = new ArrayList<>();
        for (int i = 0; i < state.length; i++) {
            boolean before = leading != null && i % 2 == 0;
            add(references, before ? leading : element, state[i], session);
        }
        return references;
    }

    /** Returns the type of what stands before each element, or null: as {@code PersistentMap.disassemble} writes it. */
    public static @Nullable Type leading(CollectionPersister persister) {
        return Map.class.isAssignableFrom(persister.getCollectionType().getReturnedClass())
                ? persister.getIndexType()
                : persister.getIdentifierType();
    }

    private static boolean refers(Type type) {
        return type.isEntityType() || type.isAnyType();
    }

    private static void add(
            List<EntityReference> references,
            @Nullable Type type,
            @Nullable Object state,
            SharedSessionContractImplementor session) {
        SessionFactoryImplementor factory = session.getFactory();
        if (state instanceof ObjectTypeCacheEntry any) {
            references.add(new EntityReference(
                    factory.getMappingMetamodel().getEntityDescriptor(Entries.anyEntityName(any)), Entries.anyId(any)));
        } else if (type instanceof EntityType entity && state != null) {
            EntityPersister persister =
                    factory.getMappingMetamodel().getEntityDescriptor(entity.getAssociatedEntityName());
            Object id = persister.getIdentifierType().assemble((Serializable) state, session, null);
            if (id != null) {
                references.add(new EntityReference(persister, id));
            }
        }
    }
}
