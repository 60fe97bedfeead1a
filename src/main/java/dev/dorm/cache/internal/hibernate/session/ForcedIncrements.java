package dev.dorm.cache.internal.hibernate.session;

import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Whether the version of a row may be raised that is locked without naming one.
 *
 * <p>Hibernate: {@code DefaultLoadEventListener.lockAndLoad} locks a row so, whatever the lock's mode, and only the
 * statement tells which it was. {@code OptimisticLockHelper.forceVersionIncrement} tells the cache of the version in later
 * releases. A {@code find} with a pessimistic lock then counts as a write to the table.
 *
 * <p>Since: 6.6 or earlier. Until: 7.0, which tells.
 *
 * <p>Goes when: {@code CoarseKeysIT#aVersionThatIsIncrementedByForce} stays green without it.
 */
public final class ForcedIncrements {

    private static final boolean UNTOLD = Versions.areBefore(7, 0);

    private ForcedIncrements() {}

    /** Returns whether a lock on a row of an entity may be for one. */
    public static boolean mayGoUntold(@Nullable EntityPersister root) {
        return UNTOLD && root != null && root.isVersioned();
    }
}
