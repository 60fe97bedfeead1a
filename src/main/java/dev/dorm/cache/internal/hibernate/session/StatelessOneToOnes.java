package dev.dorm.cache.internal.hibernate.session;

import java.util.Arrays;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CompositeType;
import org.hibernate.type.OneToOneType;
import org.hibernate.type.Type;

/**
 * Entities that refer to another by their own id, and cannot be served to a stateless session.
 *
 * <p>Hibernate: {@code OneToOneType.assemble} asks the session for the id of the entity that it assembles ({@code
 * getContextEntityIdentifier}), which a stateless one cannot tell: the reference would be null.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code UnservableIT#aStatelessSessionFindsTheOtherSideOfAOneToOne} stays green without it.
 */
public final class StatelessOneToOnes {

    private StatelessOneToOnes() {}

    /** Returns whether an entity of a hierarchy has such a reference. */
    public static boolean areIn(EntityPersister root) {
        return root.getSubclassEntityNames().stream()
                .map(name -> root.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                .anyMatch(entity -> Arrays.stream(entity.getPropertyTypes()).anyMatch(StatelessOneToOnes::isOneToOne));
    }

    private static boolean isOneToOne(Type type) {
        return type instanceof OneToOneType
                || (type instanceof CompositeType composite
                        && Arrays.stream(composite.getSubtypes()).anyMatch(StatelessOneToOnes::isOneToOne));
    }
}
