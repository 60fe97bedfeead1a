package dev.dorm.cache.internal.hibernate.mapping;

import org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl;

/**
 * What stands in the state of an entity for a reference back to its owner, by a list that is not mapped by the entity.
 *
 * <p>Hibernate: {@code PropertyAccessStrategyBackRefImpl.UNKNOWN} is told by its identity; a copy of it would be taken for
 * a value. It stands in what an update leaves.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code BackReferencesIT#ofAChangeNobodyIsWarned} stays green without it.
 */
public final class BackReferences {

    /** The marker. */
    public static final Object UNKNOWN = PropertyAccessStrategyBackRefImpl.UNKNOWN;

    private BackReferences() {}
}
