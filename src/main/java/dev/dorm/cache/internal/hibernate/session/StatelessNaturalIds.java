package dev.dorm.cache.internal.hibernate.session;

import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Resolutions of natural ids that a stateless session may make wrong.
 *
 * <p>Hibernate: a stateless session that changes or deletes a row does not know which natural id it had, and tells the cache
 * of none ({@code StatelessSessionImpl.update}, {@code delete}). Any resolution of the entity may be wrong then.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code UnservableIT#aNaturalIdThatAStatelessSessionChanges} stays green without it.
 */
public final class StatelessNaturalIds {

    private StatelessNaturalIds() {}

    /** Returns what holds them when a session locks a row of an entity; null when that tells what it changes. */
    public static @Nullable NaturalIdDataAccess untold(
            SharedSessionContractImplementor session, @Nullable EntityPersister root) {
        return session instanceof StatelessSession && root != null && root.hasNaturalIdCache()
                ? root.getNaturalIdCacheAccessStrategy()
                : null;
    }
}
