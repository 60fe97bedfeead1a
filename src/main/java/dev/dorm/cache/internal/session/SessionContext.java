package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.hibernate.session.BroughtConnections;
import dev.dorm.cache.internal.hibernate.session.PastReads;
import dev.dorm.cache.internal.hibernate.session.StatelessCompletion;
import dev.dorm.cache.internal.near.Origin;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.QueryReads;
import dev.dorm.cache.internal.query.QuerySession;
import dev.dorm.cache.internal.query.ResultEntities;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.Completing;
import dev.dorm.cache.internal.row.Insertion;
import dev.dorm.cache.internal.row.PendingPut;
import dev.dorm.cache.internal.row.Prefetch;
import dev.dorm.cache.internal.row.Proof;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.RowBody;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.row.RowNamespace;
import dev.dorm.cache.internal.row.Written;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.TransactionStart;
import jakarta.transaction.Transaction;
import java.util.Collection;
import java.util.function.Predicate;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.jspecify.annotations.Nullable;

/**
 * What one session reads and writes through the cache. What it writes goes through its {@link TransactionContext} while
 * it is in a transaction, and else through its {@link AutoCommitContext}; a session that shares another's transaction
 * works in that one's. As a session, an instance is used by one thread at a time.
 */
public final class SessionContext implements QuerySession, CacheTransactionSynchronization {

    private final SharedSessionContractImplementor session;
    private final QueryClock clock;
    private final PendingWork holdings = new PendingWork();
    private final QueryReads queryReads = new QueryReads();
    private final OwnInserts inserts = new OwnInserts();
    private final AutoCommitContext autoCommit;

    private @Nullable TransactionContext transaction;
    private @Nullable Prefetch prefetch;
    private TransactionStart began;
    private @Nullable Transaction jta;
    private boolean observing;

    /**
     * Opens the context of a session.
     *
     * @param session the session
     * @param clock its factory's query clock
     */
    public SessionContext(SharedSessionContractImplementor session, QueryClock clock) {
        this.session = session;
        this.clock = clock;
        this.began = clock.begin();
        this.autoCommit = new AutoCommitContext(session, holdings, clock, () -> transaction != null);
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
        if (transaction != null && transaction.isCommitting()) {
            // Its commit failed so badly that nobody said so, as when Hibernate cannot even roll back.
            holdings.abandon();
        }
        prefetch = null;
        inserts.clear();
        began = clock.begin();
        transaction = new TransactionContext(holdings, clock);
        jta = SharedTransactions.jta(session);
        if (jta != null) {
            began = SharedTransactions.begin(jta, began, holdings);
        }
        if (session instanceof StatelessSession && !observing) {
            observe();
        }
    }

    private void observe() {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator != null) {
            observing = true;
            coordinator.addObserver(new StatelessCompletion(this));
        } else if (jta != null) {
            SharedTransactions.observe(jta, new StatelessCompletion(this));
        }
    }

    @Override
    public void transactionCompleting() {
        TransactionContext current = transaction();
        transaction = current;
        current.completing();
        Completing.begin(this);
        current.beforeCommit();
    }

    @Override
    public void transactionCompleted(boolean successful) {
        TransactionContext ended = transaction();
        transaction = null;
        Completing.end();
        prefetch = null;
        inserts.clear();
        if (jta != null) {
            SharedTransactions.end(jta);
            jta = null;
        }
        ended.afterCompletion(successful);
        began = clock.begin();
    }

    /** Returns the transaction; a new one where Hibernate did not say that it was joined. */
    private TransactionContext transaction() {
        return transaction == null ? new TransactionContext(holdings, clock) : transaction;
    }

    /** Returns the context of the transaction that this session works in: its own, or that of its parent. */
    private SessionContext owner() {
        if (transaction != null) {
            return this;
        }
        SharedSessionContractImplementor parent = SharedTransactions.parent(session);
        SessionContext owner = parent == null ? this : of(parent);
        return owner.transaction == null ? this : owner;
    }

    /** Returns where the owner's writes go. */
    private WriteContext writes() {
        return owner().ownWrites();
    }

    private WriteContext ownWrites() {
        return transaction == null ? autoCommit : transaction;
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
        return owner().began;
    }

    @Override
    public boolean inTransaction() {
        return owner().transaction != null;
    }

    @Override
    public boolean isCompleting() {
        return transaction != null && transaction.isCompleting();
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
        return queryReads;
    }

    /**
     * Returns which entities this session's transaction has inserted.
     *
     * @return them, as long as the transaction lasts; outside of one, nobody keeps them
     */
    public OwnInserts inserts() {
        return owner().inserts;
    }

    @Override
    public Prefetch prefetch() {
        SessionContext owner = owner();
        Prefetch known = owner.prefetch;
        if (known == null) {
            known = new Prefetch();
            owner.prefetch = known;
        }
        return known;
    }

    /** Says that an operation begins that announces rows and reads them before it ends. */
    public void beginOperation() {
        prefetch().begin();
    }

    /** Ends what {@link #beginOperation} began: what nobody has asked for by now is forgotten. */
    public void endOperation() {
        Prefetch known = prefetch();
        known.end();
        if (!known.isUsed() && !(inTransaction() && isLoading())) {
            known.forget();
        }
    }

    /** Returns whether Hibernate is turning the result of a query, cached or not, into entities. */
    private boolean isLoading() {
        return !session.getPersistenceContextInternal().getLoadContexts().isLoadingFinished();
    }

    /**
     * Takes note that Hibernate asks for an entity's row which nobody has announced: while it goes through a cached query
     * result, those of the result's other rows are announced.
     *
     * @param rows the entity's rows
     * @param ids how its ids stand in a result
     * @param id the id that is asked for
     */
    public void asksFor(CachedRows rows, EntityIds ids, Object id) {
        ResultEntities result = queryReads.result();
        if (result == null || !inTransaction()) {
            // Without a transaction, nothing says when the query is over and what was fetched must not be used.
            return;
        }
        if (!isLoading()) {
            queryReads.close();
        } else {
            result.asked(this, rows, ids, id);
        }
    }

    @Override
    public void beforeRead(Row row) {
        Prefetch known = prefetch();
        if (!known.isEmpty() && !known.isUsed() && !(inTransaction() && known.knows(row)) && !isLoading()) {
            known.forget();
        }
    }

    @Override
    public boolean holds(RowNamespace rows, Row row) {
        return owner().anyHolds(held -> held.holds(rows, row));
    }

    @Override
    public boolean hides(RowNamespace rows, Row row) {
        return owner().anyHolds(held -> held.hides(rows, row));
    }

    @Override
    public boolean onlyReads() {
        return inTransaction() && !owner().anyHolds(PendingWork::writes);
    }

    @Override
    public boolean isChanging(String table) {
        return owner().anyHolds(held -> held.tables().contains(table));
    }

    /** Returns whether this session, or another one in the same JTA transaction, holds something. */
    private boolean anyHolds(Predicate<PendingWork> what) {
        return what.test(holdings)
                || jta != null && SharedTransactions.held(jta).stream().anyMatch(what);
    }

    @Override
    public void took(Row row, Origin origin) {
        owner().holdings.origins().took(row, origin);
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
        if (body == null && owner.transaction != null && !owner.isCompleting()) {
            lock.touched();
        }
        if (owner == this && transaction != null) {
            return;
        }
        if (owner.holdings.remove(lock)) {
            ownWrites().release(lock, budget());
        }
    }

    @Override
    public void wrote(Row row, Written written) {
        owner().holdings.wrote(row, written);
    }

    @Override
    public void hold(RowNamespace rows, Row row) {
        owner().holdings.invalidate(row, rows);
    }

    @Override
    public void invalidate(RowNamespace rows, Row row) {
        writes().invalidate(rows, row);
    }

    @Override
    public void inserted(Row row, Insertion insertion) {
        owner().holdings.inserted(row, insertion);
    }

    @Override
    public boolean provesInserted(Row row) {
        return owner().holdings.provesInserted(row);
    }

    @Override
    public boolean put(PendingPut put) {
        return writes().put(put);
    }

    @Override
    public byte @Nullable [] pending(String resultKey) {
        return owner().holdings.results().get(resultKey);
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
