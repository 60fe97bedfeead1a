package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.row.PendingPut;
import dev.dorm.cache.internal.row.Proof;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.row.RowNamespace;
import dev.dorm.cache.internal.row.RowSession;
import dev.dorm.cache.internal.store.OutageBudget;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** When a session's steps are sent: with its transaction, or at once. Used by one thread at a time. */
sealed interface WriteContext permits TransactionContext, AutoCommitContext {

    /** Returns what is given to backends that fail; null when each step waits at once. */
    @Nullable
    OutageBudget budget();

    /** Locks a row. */
    RowLock lock(RowSession owner, RowNamespace rows, Row row, Proof proof);

    /** Releases a lock that is held no longer. */
    void release(RowLock lock, @Nullable OutageBudget budget);

    /** Invalidates a row that nobody has locked. */
    void invalidate(RowNamespace rows, Row row);

    /** Fills the cache; returns whether that is still possible. */
    boolean put(PendingPut put);

    /** Takes note that tables are about to change. */
    void lockTables(Collection<String> tables);

    /** Takes note that tables have changed. */
    void unlockTables(Collection<String> tables);

    /** Takes over locks on whole regions. */
    void adopt(RegionLocks asked);
}
