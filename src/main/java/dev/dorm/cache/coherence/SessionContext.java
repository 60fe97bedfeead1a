package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.transaction.spi.TransactionObserver;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds between its begin and its completion.
 *
 * <p>In a transaction, locks are collected and sent together in {@link #transactionCompleting()}, just before the
 * database commits, and unlocks, new values and puts together in {@link #transactionCompleted}; both wait for the
 * replies. Where Hibernate gives no such callbacks (no transaction, or a session that shares another's) each step waits
 * at once. As a session, an instance is used by one thread at a time.
 */
public final class SessionContext implements CacheTransactionSynchronization {

    /** So many entries does one transaction hold for the cache until it completes; more are not cached. */
    static final int MAX_PUTS = 10_000;

    private final SharedSessionContractImplementor session;
    private final QueryClock clock;
    private final Map<Row, RowLock> locks = new LinkedHashMap<>();
    private final List<RowLock> releases = new ArrayList<>();
    private final Map<Row, CachedRows> invalidations = new LinkedHashMap<>();
    private final TableLocks tables = new TableLocks();
    private final List<Put> puts = new ArrayList<>();
    private final QueryReads queryReads = new QueryReads();
    private final Map<CachedRows, SoftLock> bulk = new LinkedHashMap<>();

    private Began began;
    private Phase phase = Phase.NONE;
    private @Nullable String token;
    private boolean observing;

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
        return began.clock();
    }

    @Override
    public void transactionJoined() {
        began = clock.begin();
        phase = Phase.ACTIVE;
        if (session instanceof StatelessSession && !observing) {
            observing = true;
            session.getTransactionCoordinator().addObserver(new Completion());
        }
    }

    @Override
    public void transactionCompleting() {
        phase = Phase.COMPLETING;
        Batch batch = new Batch();
        long now = clock.now();
        locks.values().stream().filter(lock -> lock.wanting(now)).forEach(batch::lock);
        batch.lockTables(clock, tables.toLock(), token());
        batch.sendBeforeCommit();
    }

    @Override
    public void transactionCompleted(boolean successful) {
        phase = Phase.NONE;
        Batch batch = new Batch();
        if (successful) {
            puts.stream().filter(put -> !locks.containsKey(put.row())).forEach(batch::put);
        }
        puts.clear();
        // After a rollback those too that were never sent: the write may have failed because what is cached is stale.
        locks.values().forEach(lock -> batch.unlock(lock, successful));
        locks.clear();
        releases.forEach(lock -> batch.unlock(lock, successful));
        releases.clear();
        invalidations.forEach((row, rows) -> batch.invalidate(rows, Step.invalidate(row, token())));
        invalidations.clear();
        boolean announced = tables.anyLocked();
        List<String> changed = tables.release();
        if (successful || announced) {
            batch.unlockTables(clock, changed, token());
        }
        token = null;
        batch.sendAfterCompletion();
        bulk.forEach(CachedRows::unlockAll);
        bulk.clear();
        began = clock.begin();
    }

    SharedSessionContractImplementor session() {
        return session;
    }

    Began began() {
        return began;
    }

    QueryReads queryReads() {
        return queryReads;
    }

    /** Returns whether this session is about to change a row, so that it must not be served from the cache. */
    boolean holds(Row row) {
        return locks.containsKey(row) || invalidations.containsKey(row);
    }

    /** Returns whether this session has changed a table, so that only the database knows what it now sees. */
    boolean isChanging(String table) {
        return tables.contains(table);
    }

    /** Locks a row: just before the commit, or at once when the commit may come without further notice. */
    RowLock lock(CachedRows rows, Row row) {
        RowLock lock = locks.computeIfAbsent(row, r -> new RowLock(rows, r, token(), this));
        if (phase != Phase.ACTIVE && lock.wanting(clock.now())) {
            Batch batch = new Batch();
            batch.lock(lock);
            batch.sendBeforeCommit();
        }
        return lock;
    }

    /** Says what a locked row holds after a successful commit, and releases it then. The last word counts. */
    void unlock(RowLock lock, byte @Nullable [] body) {
        lock.leave(body);
        SessionContext owner = lock.owner();
        if (owner == this && phase != Phase.NONE) {
            return;
        }
        if (!owner.locks.remove(lock.row(), lock)) {
            return;
        }
        if (phase == Phase.NONE) {
            Batch batch = new Batch();
            batch.unlock(lock, true);
            batch.sendAfterCompletion();
        } else {
            releases.add(lock);
        }
    }

    /**
     * Locks all rows until the transaction is over, for a bulk write whose own lock does not last as long. Without a
     * transaction nobody tells when the write is over, and the lock stays until its deadline.
     */
    void lockAll(CachedRows rows) {
        if (phase == Phase.NONE) {
            rows.lockAll();
        } else {
            bulk.computeIfAbsent(rows, CachedRows::lockAll);
        }
    }

    /** Invalidates a row, which nobody locked, once the transaction is over. */
    void invalidate(CachedRows rows, Row row) {
        if (phase == Phase.NONE) {
            Batch batch = new Batch();
            batch.invalidate(rows, Step.invalidate(row, Tokens.next()));
            batch.sendAfterCompletion();
        } else {
            invalidations.put(row, rows);
        }
    }

    /** Fills the cache once the transaction has committed: until then an entry may show what it has not committed. */
    boolean put(Put put) {
        if (phase == Phase.NONE) {
            Batch batch = new Batch();
            batch.put(put);
            batch.sendAfterCompletion();
            return true;
        }
        return puts.size() < MAX_PUTS && puts.add(put);
    }

    /**
     * Takes note that tables are about to change.
     *
     * @param spaces the tables
     */
    public void preInvalidate(Collection<String> spaces) {
        tables.add(spaces);
        if (phase != Phase.ACTIVE) {
            Batch batch = new Batch();
            batch.lockTables(clock, tables.toLock(), token());
            batch.sendBeforeCommit();
        }
    }

    /**
     * Takes note that tables have changed, and the change is completed.
     *
     * @param spaces the tables
     */
    public void invalidate(Collection<String> spaces) {
        tables.add(spaces);
        if (phase == Phase.NONE) {
            Batch batch = new Batch();
            batch.unlockTables(clock, tables.release(), token());
            batch.sendAfterCompletion();
        }
    }

    /** Tells of a stateless session's completion, which Hibernate does not ({@code StatelessSessionImpl}). */
    private final class Completion implements TransactionObserver {

        @Override
        public void afterBegin() {
            // Told by transactionJoined.
        }

        @Override
        public void beforeCompletion() {
            transactionCompleting();
        }

        @Override
        public void afterCompletion(boolean successful, boolean delayed) {
            transactionCompleted(successful);
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
