package dev.dorm.cache.testing;

import org.hibernate.CacheMode;
import org.hibernate.Session;

/**
 * A cache mode for all that a session does. {@code Session.setCacheMode} alone does not reach {@code find}, which goes by
 * the session's properties ({@code SessionImpl.determineAppropriateLocalCacheMode}).
 */
public final class WholeSession {

    private WholeSession() {}

    /**
     * Sets the mode, in which also {@code find} works from now on.
     *
     * @param session the session
     * @param mode its mode
     */
    public static void uses(Session session, CacheMode mode) {
        session.setProperty("jakarta.persistence.cache.retrieveMode", mode.getJpaRetrieveMode());
        session.setProperty("jakarta.persistence.cache.storeMode", mode.getJpaStoreMode());
        session.setCacheMode(mode);
    }
}
