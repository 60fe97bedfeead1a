package dev.dorm.cache.internal.hibernate.caller;

/**
 * Whether tables are named for a write in bulk, which reaches more of them.
 *
 * <p>Hibernate: {@code BulkOperationCleanupAction} names the tables of the entity alone, though a delete by HQL also
 * empties those of its collections; it names them in the same way as {@code ActionQueue} does those of single rows.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code QueryTablesIT#exactlyTheResultsOverItAreStale} stays green without it.
 */
public final class BulkCleanup {

    static final String NAME = "org.hibernate.action.internal.BulkOperationCleanupAction";

    /** {@code schedule} calls {@code ActionQueue}, which needs three calls to tell the cache. */
    private static final int NEAR = 14;

    private BulkCleanup() {}

    /** Returns whether it is what calls. */
    public static boolean isAsking() {
        return Callers.any(NEAR, frame -> frame.getClassName().equals(NAME));
    }
}
