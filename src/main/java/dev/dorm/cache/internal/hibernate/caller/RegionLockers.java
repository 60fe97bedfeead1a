package dev.dorm.cache.internal.hibernate.caller;

import java.util.Set;

/**
 * Whether who locks a region is going to name the session that it does so for.
 *
 * <p>Hibernate: {@code DomainDataAccess.lockRegion} has no session. {@code BulkOperationCleanupAction} and {@code
 * RootTenantCache} call {@code removeAll} with it right after; others ({@code CollectionCacheInvalidator}, an application)
 * do not.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code RoundTripsIT#aBulkUpdateCostsTwoAndWaitsForOneWhateverItsRows} stays green without it: locks that no session is known
 * for are taken at once.
 */
public final class RegionLockers {

    private static final Set<String> SAY_THE_SESSION_NEXT = Set.of(BulkCleanup.NAME, RootTenants.NAME);

    /** Between here and Hibernate's caller stand four or five frames. */
    private static final int NEAR = 8;

    private RegionLockers() {}

    /** Returns whether the session is named by the next call. */
    public static boolean sayTheSessionNext() {
        return Callers.any(NEAR, frame -> SAY_THE_SESSION_NEXT.contains(Callers.outermost(frame)));
    }
}
