package dev.dorm.cache.internal.hibernate.session;

import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * Whether a session cannot be served collections.
 *
 * <p>Hibernate: a collection that a stateless session fetches has no session, which those of entities need to be assembled
 * ({@code PersistentSet.initializeFromCache}).
 *
 * <p>Since: 6.6 or earlier. Until: 7.4, where it has one.
 *
 * <p>Goes when: {@code UnservableIT#aStatelessSessionFetchesACollectionThatIsCached} stays green without it.
 */
public final class StatelessCollections {

    private static final boolean WITHOUT_SESSION = Versions.areBefore(7, 4);

    private StatelessCollections() {}

    /** Returns whether a session's collections come from the database only. */
    public static boolean areUnservable(SharedSessionContractImplementor session) {
        return WITHOUT_SESSION && session instanceof StatelessSession;
    }
}
