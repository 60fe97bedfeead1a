package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.loading.Loader;
import dev.dorm.cache.internal.loading.OpenLoads;
import dev.dorm.cache.internal.near.Origin;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.TransactionStart;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What rows ask of the session that reads or writes them. A session that shares another's transaction answers for that
 * one. Used by one thread at a time.
 */
public interface RowSession extends RegionLocks.Owner, Loader {

    /** Returns Hibernate's session. */
    @Override
    SharedSessionContractImplementor session();

    /** Returns when its transaction began, or when it was opened. */
    TransactionStart began();

    /** Returns what its transaction gives to backends that fail; null outside one, where each step waits at once. */
    @Nullable
    OutageBudget budget();

    /** Returns whether it works in a transaction, so that what it has read may serve it later. */
    @Override
    boolean inTransaction();

    /** Returns whether it is completing its transaction now. */
    boolean isCompleting();

    /** Returns whether it reads the past, so that it has no part in the cache. */
    boolean readsPast();

    /** Returns whether what it reads is no older than its {@linkplain #began begin}. */
    boolean mayFill();

    /** Returns whether it may load anew what is cached, since it stores what it loads. */
    default boolean mayRefresh() {
        return mayFill() && session().getCacheMode().isPutEnabled();
    }

    @Override
    default boolean mayWait() {
        return (onlyReads() || !inTransaction())
                && knownRows().holdNothing()
                && !session().getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected();
    }

    @Override
    default OpenLoads loads() {
        return knownRows().loads();
    }

    /** Returns whether nothing was written in its transaction so far, so that all it loads is committed. */
    boolean onlyReads();

    /** Returns whether it is about to change a row, so that it must not be served from the cache. */
    boolean holds(RowNamespace rows, Row row);

    /** Returns whether it has itself inserted, changed or removed a row, so that only the database shows it. */
    boolean hides(RowNamespace rows, Row row);

    /** Returns the rows that it is about to read. */
    Prefetch prefetch();

    /** Forgets what was announced and fetched for an operation that is over. */
    void beforeRead(Row row);

    /** Returns what it knows of the rows that it has read and written. */
    KnownRows knownRows();

    /** Fills the cache once the transaction has committed: until then an entry may show what it has not committed. */
    boolean put(PendingPut put);

    /** Locks a row: just before the commit, or at once when the commit may come without further notice. */
    SoftLock lock(RowNamespace rows, Row row, Proof proof);

    /** Says what a locked row holds after a successful commit, and releases it then. The last word counts. */
    void unlock(SoftLock lock, @Nullable RowBody body);

    /** Takes note that a row was written without a transaction. */
    void written(RowNamespace rows, Row row);

    /** Invalidates a row, which nobody locked, once the transaction is over. */
    void invalidate(RowNamespace rows, Row row);

    /**
     * A row that a transaction has inserted.
     *
     * @param rows what it is one of
     * @param proven whether the database gives back what was inserted
     */
    record Insertion(RowNamespace rows, boolean proven) {}

    /** What a session knows of the rows that it has read and written in its transaction. */
    interface KnownRows {

        /** Returns whether none of them is locked, or is to be told of to the cache. */
        boolean holdNothing();

        /** Returns what it loads now. */
        OpenLoads loads();

        /** Takes note of the entry from which it took a row. */
        void took(Row row, Origin origin);

        /** Takes note of a statement that has written a row. */
        void wrote(Row row, Written written);

        /** Keeps a row that is about to change, and is not locked, from being served to its transaction. */
        void hold(RowNamespace rows, Row row);

        /** Takes note that a row was inserted in the transaction. */
        void inserted(Row row, Insertion insertion);

        /** Returns whether the database gives back what the transaction has inserted as a row. */
        boolean provesInserted(Row row);
    }
}
