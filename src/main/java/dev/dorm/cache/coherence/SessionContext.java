package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.codec.EntityIds;
import jakarta.transaction.Transaction;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.function.Predicate;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.internal.LogicalConnectionProvidedImpl;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds between its begin and its completion.
 *
 * <p>In a transaction, locks are collected and sent together in {@link #transactionCompleting()}, just before the
 * database commits, and unlocks, new values and puts together in {@link #transactionCompleted}; both wait for the
 * replies. Outside a transaction each step waits at once. A session that shares another's transaction works in that
 * one's context. As a session, an instance is used by one thread at a time.
 */
public final class SessionContext implements CacheTransactionSynchronization {

    /** Who completes a transaction on this thread: Hibernate evicts and unlocks regions without saying for whom. */
    private static final ThreadLocal<@Nullable WeakReference<SessionContext>> COMPLETING = new ThreadLocal<>();

    private final SharedSessionContractImplementor session;
    private final QueryClock clock;
    private final Holdings holdings = new Holdings();
    private final QueryReads queryReads = new QueryReads();
    private final OwnInserts inserts = new OwnInserts();

    private @Nullable Prefetch prefetch;
    private Began began;
    private Trial trial = new Trial();
    private Phase phase = Phase.NONE;
    private @Nullable String token;
    private @Nullable Transaction jta;
    private boolean observing;
    private boolean ending;

    /** Whatever the cache had to be told is told, so that the commit is the database's affair from here on. */
    private boolean committing;

    private enum Phase {
        NONE,
        ACTIVE,
        COMPLETING
    }

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
        if (committing) {
            // Its commit failed so badly that nobody said so: Hibernate 6.6, when it cannot even roll back.
            holdings.abandon();
        }
        committing = false;
        prefetch = null;
        inserts.clear();
        began = clock.begin();
        trial = new Trial();
        phase = Phase.ACTIVE;
        jta = SharedTransactions.jta(session);
        if (jta != null) {
            began = SharedTransactions.begin(jta, began, this);
        }
        if (session instanceof StatelessSession && !observing) {
            observe();
        }
    }

    private void observe() {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator != null) {
            observing = true;
            coordinator.addObserver(new Completion(this));
        } else if (jta != null) {
            SharedTransactions.observe(jta, new Completion(this));
        }
    }

    @Override
    public void transactionCompleting() {
        phase = Phase.COMPLETING;
        COMPLETING.set(new WeakReference<>(this));
        if (!holdings.guardNothing()) {
            Batch batch = new Batch(trial);
            holdings.guard(batch, clock);
            batch.sendBeforeCommit();
        }
        committing = true;
    }

    @Override
    public void transactionCompleted(boolean successful) {
        phase = Phase.NONE;
        COMPLETING.remove();
        prefetch = null;
        inserts.clear();
        if (jta != null) {
            SharedTransactions.end(jta);
            jta = null;
        }
        if (!holdings.isEmpty()) {
            Batch batch = new Batch(trial);
            if (committing && !successful) {
                // A commit that failed is no rollback: the database may yet finish it.
                holdings.leave(batch, clock, token());
                batch.sendInDoubt();
            } else {
                holdings.settle(batch, successful, clock, token());
                batch.sendAfterCompletion();
            }
        }
        committing = false;
        token = null;
        began = clock.begin();
    }

    /** Returns what the transaction gives to backends that fail; null outside one, where each step waits at once. */
    @Nullable
    Trial trial() {
        SessionContext owner = owner();
        return owner.phase == Phase.NONE ? null : owner.trial;
    }

    SharedSessionContractImplementor session() {
        return session;
    }

    /** Returns who completes a transaction on this thread, or null. */
    static @Nullable SessionContext completing() {
        WeakReference<SessionContext> reference = COMPLETING.get();
        SessionContext context = reference == null ? null : reference.get();
        return context != null && context.phase == Phase.COMPLETING ? context : null;
    }

    /** Returns the context of the transaction that this session works in: its own, or that of its parent. */
    private SessionContext owner() {
        if (phase != Phase.NONE) {
            return this;
        }
        SharedSessionContractImplementor parent = SharedTransactions.parent(session);
        SessionContext owner = parent == null ? this : of(parent);
        return owner.phase == Phase.NONE ? this : owner;
    }

    Began began() {
        return owner().began;
    }

    /**
     * Returns whether what this session reads is no older than its {@linkplain #began begin}: not on a connection that
     * the application brought, whose transaction, and snapshot, may have begun before.
     */
    boolean mayFill() {
        return !(session.getJdbcCoordinator().getLogicalConnection() instanceof LogicalConnectionProvidedImpl);
    }

    /**
     * Returns whether this session reads the past, so that it has no part in the cache.
     *
     * @return true when it does at this moment
     */
    public boolean readsPast() {
        return PastReads.by(session);
    }

    QueryReads queryReads() {
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

    /** Returns the rows that this session, or the one whose transaction it shares, is about to read. */
    Prefetch prefetch() {
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

    /**
     * Returns whether this session works in a transaction, so that what it has read may serve it later.
     *
     * @return false when each operation stands for itself
     */
    public boolean inTransaction() {
        return owner().phase != Phase.NONE;
    }

    /** Returns whether Hibernate is turning the result of a query, cached or not, into entities. */
    private boolean isLoading() {
        return !session.getPersistenceContextInternal().getLoadContexts().isLoadingFinished();
    }

    /**
     * Takes note that Hibernate asks for an entity's row which nobody has announced: while it goes through a cached query result, those of the
     * result's other rows are announced.
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

    /** Forgets what was announced and fetched for an operation that is over. */
    void beforeRead(Row row) {
        Prefetch known = prefetch();
        if (!known.isEmpty() && !known.isUsed() && !(inTransaction() && known.knows(row)) && !isLoading()) {
            known.forget();
        }
    }

    /** Returns whether this session is about to change a row, so that it must not be served from the cache. */
    boolean holds(CachedRows rows, Row row) {
        return owner().holdsTogether(held -> held.holds(rows, row));
    }

    /** Returns whether this session has itself inserted, changed or removed a row, so that only the database shows it. */
    boolean hides(CachedRows rows, Row row) {
        return owner().holdsTogether(held -> held.hides(rows, row));
    }

    /** Returns whether nothing was written in this session's transaction so far, so that all it loads is committed. */
    boolean onlyReads() {
        return inTransaction() && !owner().holdsTogether(Holdings::writes);
    }

    /** Returns what the transaction holds that this session works in. */
    Holdings holdings() {
        return owner().holdings;
    }

    /** Returns whether this session has changed a table, so that only the database knows what it now sees. */
    boolean isChanging(String table) {
        return owner().holdsTogether(held -> held.tables().contains(table));
    }

    /** Returns whether this session, or another one in the same JTA transaction, holds something. */
    private boolean holdsTogether(Predicate<Holdings> what) {
        return what.test(holdings)
                || jta != null
                        && SharedTransactions.sessions(jta).stream().anyMatch(other -> what.test(other.holdings));
    }

    /** Locks a row: just before the commit, or at once when the commit may come without further notice. */
    RowLock lock(CachedRows rows, Row row) {
        SessionContext owner = owner();
        return owner == this ? lockHere(rows, row) : owner.lockHere(rows, row);
    }

    private RowLock lockHere(CachedRows rows, Row row) {
        Proof proof = rows.writtenInParts() ? Proof.NONE : Proof.STATEMENT;
        // Outside a transaction each lock is released by itself, and must not be taken out by what releases another.
        String holder = phase == Phase.NONE ? Tokens.next() : token();
        RowLock lock = holdings.lock(
                row, r -> new RowLock(rows, r, holder, this, holdings.origins().of(r), proof));
        if (phase != Phase.ACTIVE && lock.wanting(clock.now())) {
            Batch batch = new Batch(trial());
            batch.lock(lock);
            batch.sendBeforeCommit();
            if (phase == Phase.NONE && session instanceof StatelessSession) {
                finishAtTheEnd();
            }
        }
        return lock;
    }

    /** Says what a locked row holds after a successful commit, and releases it then. The last word counts. */
    void unlock(RowLock lock, RowEncoder.@Nullable Body body) {
        lock.leave(body);
        SessionContext owner = lock.owner();
        if (body == null && owner.phase == Phase.ACTIVE) {
            lock.touched();
        }
        if (owner == this && phase != Phase.NONE) {
            return;
        }
        if (!owner.holdings.remove(lock)) {
            return;
        }
        if (phase == Phase.NONE) {
            Batch batch = new Batch(trial());
            batch.unlock(lock, true);
            batch.sendAfterCompletion();
        } else {
            holdings.release(lock);
        }
    }

    /** Invalidates a row, which nobody locked, once the transaction is over. */
    void invalidate(CachedRows rows, Row row) {
        owner().invalidateHere(rows, row);
    }

    private void invalidateHere(CachedRows rows, Row row) {
        if (phase == Phase.NONE) {
            Batch batch = new Batch(trial());
            batch.invalidate(rows, Step.invalidate(row, Tokens.next()));
            batch.sendAfterCompletion();
        } else {
            holdings.invalidate(row, rows);
        }
    }

    /** Fills the cache once the transaction has committed: until then an entry may show what it has not committed. */
    boolean put(Put put) {
        return owner().putHere(put);
    }

    /** Returns a query result that the transaction has for the cache, by its key; null for none. */
    byte @Nullable [] pending(String resultKey) {
        return owner().holdings.results().get(resultKey);
    }

    private boolean putHere(Put put) {
        if (phase == Phase.NONE) {
            Batch batch = new Batch(trial());
            batch.put(put);
            batch.sendAfterCompletion();
            return true;
        }
        return holdings.put(put);
    }

    /**
     * Takes note that tables are about to change.
     *
     * @param spaces the tables
     */
    public void preInvalidate(Collection<String> spaces) {
        owner().preInvalidateHere(spaces);
    }

    private void preInvalidateHere(Collection<String> spaces) {
        holdings.tables().add(spaces);
        if (phase != Phase.ACTIVE) {
            Batch batch = new Batch(trial());
            holdings.tables().lock(batch, clock);
            batch.sendBeforeCommit();
        }
    }

    /**
     * Takes note that tables have changed, and the change is completed.
     *
     * @param spaces the tables
     */
    public void invalidate(Collection<String> spaces) {
        owner().invalidateHere(spaces);
    }

    private void invalidateHere(Collection<String> spaces) {
        holdings.tables().add(spaces);
        if (phase == Phase.NONE) {
            Batch batch = new Batch(trial());
            holdings.tables().release(batch, clock);
            batch.sendAfterCompletion();
        }
    }

    /** Takes over locks on whole regions: they are sent before this session commits, and released when it completes. */
    void adopt(RegionLocks asked) {
        SessionContext owner = owner();
        switch (owner.phase) {
            case ACTIVE -> owner.holdings.add(asked.adopted());
            case COMPLETING -> asked.take(trial());
            case NONE -> {
                // Hibernate unlocks a stateless session's before its statement, and others with the next transaction.
                asked.take(trial());
                holdings.add(asked.adopted());
                finishAtTheEnd();
            }
        }
    }

    /**
     * Takes note that a row was written without a transaction, which a stateless session can. What it has locked for that
     * is released when the write is over: now, or with a later one, at the latest at the end of the session.
     */
    void written(CachedRows rows, Row row) {
        if (!(session instanceof StatelessSession) || inTransaction()) {
            return;
        }
        if (SingleWrites.isOver(session)) {
            finish();
        } else {
            if (!holdings.holds(rows, row)) {
                holdings.invalidate(row, rows);
            }
            finishAtTheEnd();
        }
    }

    /** Takes note that more than one row was written; without a transaction, that is over. */
    public void writtenInBulk() {
        if (session instanceof StatelessSession && !inTransaction() && SingleWrites.isOver(session)) {
            finish();
        }
    }

    private void finishAtTheEnd() {
        if (!ending) {
            ending = true;
            SingleWrites.atTheEnd(session, this::finish);
        }
    }

    private void finish() {
        if (phase == Phase.NONE && !holdings.isEmpty()) {
            Batch batch = new Batch(trial());
            holdings.settle(batch, true, clock, token());
            token = null;
            batch.sendAfterCompletion();
        }
    }

    private String token() {
        String current = token;
        if (current == null) {
            current = Tokens.next();
            token = current;
        }
        return current;
    }
}
