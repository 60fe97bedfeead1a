package dev.dorm.cache.internal.hibernate.caller;

/**
 * Whether a stateless session tells of a row for a root tenant, which it does before it writes the row, and not after.
 *
 * <p>Hibernate: {@code RootTenantCache.evict} calls what also {@code StatelessSessionImpl.removeCacheItem} calls.
 *
 * <p>Since: 7.4. Until: 7.4 or later.
 *
 * <p>Goes when: {@code RootTenantsIT#aStatementThatCommitsByItself} stays green without it.
 */
public final class RootTenants {

    static final String NAME = "org.hibernate.engine.internal.RootTenantCache";

    /** Between here and Hibernate's caller stand four or five frames. */
    private static final int NEAR = 10;

    private RootTenants() {}

    /** Returns whether the cache is told for one. */
    public static boolean areTold() {
        return Callers.any(NEAR, frame -> frame.getClassName().equals(NAME));
    }
}
