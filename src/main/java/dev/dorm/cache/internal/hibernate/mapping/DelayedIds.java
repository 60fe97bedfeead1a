package dev.dorm.cache.internal.hibernate.mapping;

import org.hibernate.action.internal.DelayedPostInsertIdentifier;

/**
 * Ids that the database has not given yet: such an entity has no row.
 *
 * <p>Hibernate: {@code AbstractSaveEventListener.performSaveOrReplicate} gives an entity a {@code
 * DelayedPostInsertIdentifier} that is persisted before a transaction begins, and asks the cache with it.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code WarningsIT#anEntityThatHasNoIdYetIsNotWarnedOf} stays green without it.
 */
public final class DelayedIds {

    private DelayedIds() {}

    /** Returns whether an id is one. */
    public static boolean include(Object id) {
        return id instanceof DelayedPostInsertIdentifier;
    }
}
