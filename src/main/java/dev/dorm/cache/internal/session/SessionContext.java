package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.hibernate.session.BroughtConnections;
import dev.dorm.cache.internal.hibernate.session.PastReads;
import dev.dorm.cache.internal.query.Announcer;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.QueryReads;
import dev.dorm.cache.internal.query.QuerySession;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.PendingPut;
import dev.dorm.cache.internal.row.Prefetch;
import dev.dorm.cache.internal.row.Proof;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.RowBody;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.row.RowNamespace;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.Collection;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What one session reads and writes through the cache. What it writes goes through its {@link TransactionContext} while
 * it is in a transaction, and else through its {@link AutoCommitContext}; a session that shares another's transaction
 * works in that one's. As a session, an instance is used by one thread at a time.
 */
public final class SessionContext implements QuerySession, CacheTransactionSynchronization {

    private final SharedSessionContractImplementor session;
    private final PendingWork pendingWork = new PendingWork();
    private final SessionReads reads;
    private final SessionTransaction transaction;
    private final OwnInserts inserts = new OwnInserts();
    private final AutoCommitContext autoCommit;

    /** Opens the context of a session, with its factory's query clock. */
    public SessionContext(SharedSessionContractImplementor session, QueryClock clock) {
        this.session = session;
        this.reads = new SessionReads(session);
        this.transaction = new SessionTransaction(session, pendingWork, clock);
        this.autoCommit = new AutoCommitContext(session, pendingWork, clock, transaction::isOpen);
    }

    /**
     * Returns the context of a session.
     *
     * @param session a session of a factory that uses this cache
     * @return its context
     */
    public static SessionContext of(SharedSessionContractImplementor session) {
        return (SessionContext) session.getCacheTransactionSynchronization();
    }

    @Override
    public long getCachingTimestamp() {
        return began().clock();
    }

    @Override
    public void transactionJoined() {
        forget();
        transaction.joined(this);
    }

    @Override
    public void transactionCompleting() {
        transaction.completing(this);
    }

    @Override
    public void transactionCompleted(boolean successful) {
        forget();
        transaction.completed(successful);
    }

    private void forget() {
        reads.forget();
        inserts.clear();
    }

    /** Returns the context of the transaction that this session works in: its own, or that of its parent. */
    private SessionContext owner() {
        if (transaction.isOpen()) {
            return this;
        }
        SharedSessionContractImplementor parent = SharedTransactions.parent(session);
        SessionContext owner = parent == null ? this : of(parent);
        return owner.transaction.isOpen() ? owner : this;
    }

    /** Returns where the owner's writes go. */
    private WriteContext writes() {
        return owner().ownWrites();
    }

    private WriteContext ownWrites() {
        TransactionContext current = transaction.current();
        return current == null ? autoCommit : current;
    }

    @Override
    public SharedSessionContractImplementor session() {
        return session;
    }

    @Override
    public @Nullable OutageBudget budget() {
        return writes().budget();
    }

    @Override
    public TransactionStart began() {
        return owner().transaction.began();
    }

    @Override
    public boolean inTransaction() {
        return owner().transaction.isOpen();
    }

    @Override
    public boolean isCompleting() {
        return transaction.isCompleting();
    }

    /**
     * {@inheritDoc}
     *
     * <p>It may be older on a connection that the application brought ({@link BroughtConnections}).
     */
    @Override
    public boolean mayFill() {
        return !BroughtConnections.areOf(session);
    }

    @Override
    public boolean readsPast() {
        return PastReads.by(session);
    }

    @Override
    public QueryReads queryReads() {
        return reads.queries();
    }

    /**
     * Returns which entities this session's transaction has inserted.
     *
     * @return them, as long as the transaction lasts; outside of one, nobody keeps them
     */
    public OwnInserts inserts() {
        return owner().inserts;
    }

    /** Returns the locks that travel before its transaction completes; null outside of one. */
    public @Nullable EarlyLocks early() {
        TransactionContext current = owner().transaction.current();
        return current == null ? null : current.early();
    }

    @Override
    public Prefetch prefetch() {
        return owner().reads.announced();
    }

    /** Says that an operation begins that announces rows and reads them before it ends. */
    public void beginOperation() {
        prefetch().begin();
    }

    /** Ends what {@link #beginOperation} began: what nobody has asked for by now is forgotten. */
    public void endOperation() {
        reads.endOperation(this);
    }

    /**
     * Takes note that Hibernate asks for an entity's row which nobody has announced: while it goes through a cached query
     * result, those of the result's other rows are announced.
     *
     * @param rows the entity's rows
     * @param ids how its ids stand in a result
     * @param id the id that is asked for
     * @param announcer what is read with each of them
     */
    public void asksFor(CachedRows rows, EntityIds ids, Object id, Announcer announcer) {
        reads.asksFor(rows, ids, id, announcer, this);
    }

    @Override
    public void beforeRead(Row row) {
        reads.before(row, this);
    }

    @Override
    public boolean holds(RowNamespace rows, Row row) {
        return owner().transaction.anyHolds(held -> held.holds(rows, row));
    }

    @Override
    public boolean hides(RowNamespace rows, Row row) {
        return owner().transaction.anyHolds(held -> held.hides(rows, row));
    }

    @Override
    public boolean onlyReads() {
        return inTransaction() && !owner().transaction.anyHolds(PendingWork::writes);
    }

    @Override
    public boolean isChanging(String table) {
        return owner().transaction.anyHolds(held -> held.tables().contains(table));
    }

    @Override
    public KnownRows knownRows() {
        return owner().pendingWork;
    }

    @Override
    public SoftLock lock(RowNamespace rows, Row row, Proof proof) {
        return writes().lock(owner(), rows, row, proof);
    }

    @Override
    public void unlock(SoftLock asked, @Nullable RowBody body) {
        RowLock lock = (RowLock) asked;
        lock.leave(body);
        SessionContext owner = (SessionContext) lock.owner();
        if (body == null && owner.transaction.isOpen() && !owner.isCompleting()) {
            lock.touched();
        }
        if (owner == this && transaction.isOpen()) {
            return;
        }
        if (owner.pendingWork.remove(lock)) {
            ownWrites().release(lock, budget());
        }
    }

    @Override
    public void invalidate(RowNamespace rows, Row row) {
        writes().invalidate(rows, row);
    }

    @Override
    public boolean put(PendingPut put) {
        return writes().put(put);
    }

    @Override
    public byte @Nullable [] pending(String resultKey) {
        return owner().pendingWork.results().get(resultKey);
    }

    /**
     * Takes note that tables are about to change.
     *
     * @param tables the tables
     */
    public void preInvalidate(Collection<String> tables) {
        writes().lockTables(tables);
    }

    /**
     * Takes note that tables have changed, and the change is completed.
     *
     * @param tables the tables
     */
    public void invalidate(Collection<String> tables) {
        writes().unlockTables(tables);
    }

    @Override
    public void adopt(RegionLocks asked) {
        writes().adopt(asked);
    }

    @Override
    public void written(RowNamespace rows, Row row) {
        if (!inTransaction()) {
            autoCommit.written(rows, row);
        }
    }

    /** Takes note that more than one row was written; without a transaction, that is over. */
    public void writtenInBulk() {
        if (!inTransaction()) {
            autoCommit.writtenInBulk();
        }
    }
}
