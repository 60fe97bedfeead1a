package dev.dorm.cache.internal.session;

import static java.util.Collections.emptyList;
import static java.util.Collections.emptyMap;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.loading.OpenLoads;
import dev.dorm.cache.internal.near.Origin;
import dev.dorm.cache.internal.query.PendingResults;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.TableLocks;
import dev.dorm.cache.internal.row.PendingPut;
import dev.dorm.cache.internal.row.Proof;
import dev.dorm.cache.internal.row.RegionLock;
import dev.dorm.cache.internal.row.RowEviction;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.row.RowNamespace;
import dev.dorm.cache.internal.row.RowSession;
import dev.dorm.cache.internal.row.Written;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction holds until it completes: locks, rows to invalidate, tables it changes, and entries it has for the
 * cache. Used by one thread at a time.
 */
public final class PendingWork implements RowSession.KnownRows {

    /** So many entries does one transaction hold for the cache until it completes; more are not cached. */
    static final int MAX_PUTS = 10_000;

    // Most transactions write nothing: what they would hold is made when they do.
    private Map<Row, RowLock> locks = emptyMap();
    private List<RowLock> releases = emptyList();
    private Map<Row, RowNamespace> invalidations = emptyMap();
    private Map<Row, RowSession.Insertion> inserted = emptyMap();
    private List<RegionLock> regionLocks = emptyList();
    private final TableLocks tables = new TableLocks();
    private final Origins origins = new Origins();
    private List<PendingPut> puts = emptyList();
    private final PendingResults results = new PendingResults();
    private final OpenLoads loads = new OpenLoads();
    private @Nullable String token;

    /** Returns the lock on a row, made when there is none. */
    RowLock lock(RowSession owner, RowNamespace rows, Row row, String holder, Proof proof) {
        RowLock lock = locks.get(row);
        if (lock == null) {
            lock = new RowLock(rows, row, holder, owner, origins.of(row), proof);
            locks = locks.isEmpty() ? new LinkedHashMap<>() : locks;
            locks.put(row, lock);
        }
        return lock;
    }

    /** Returns by what the transaction's locks are known; another after each. */
    String token() {
        String current = token;
        if (current == null) {
            current = Tokens.next();
            token = current;
        }
        return current;
    }

    @Override
    public boolean holdNothing() {
        return !writes() && releases.isEmpty();
    }

    @Override
    public OpenLoads loads() {
        return loads;
    }

    /** In this transaction, and before. */
    @Override
    public void took(Row row, Origin origin) {
        origins.took(row, origin);
    }

    @Override
    public void wrote(Row row, Written written) {
        RowLock lock = locks.get(row);
        if (lock != null) {
            lock.wrote(written);
        }
    }

    /** Ends what the token was for. */
    void forgetToken() {
        token = null;
    }

    /** Gives a lock back; returns whether it was held. */
    boolean remove(RowLock lock) {
        return locks.remove(lock.row(), lock);
    }

    /** Takes a lock that is to be released, and no longer keeps its row from being served. */
    void release(RowLock lock) {
        releases = releases.isEmpty() ? new ArrayList<>() : releases;
        releases.add(lock);
    }

    @Override
    public void hold(RowNamespace rows, Row row) {
        invalidations = invalidations.isEmpty() ? new LinkedHashMap<>() : invalidations;
        invalidations.put(row, rows);
    }

    @Override
    public void inserted(Row row, RowSession.Insertion insertion) {
        inserted = inserted.isEmpty() ? new LinkedHashMap<>() : inserted;
        inserted.put(row, insertion);
    }

    @Override
    public boolean provesInserted(Row row) {
        RowSession.Insertion insertion = inserted.get(row);
        return insertion != null && insertion.proven();
    }

    /** Takes locks on regions; one lock on a region is enough for all that is written in bulk to it. */
    void add(List<RegionLock> asked) {
        regionLocks = regionLocks.isEmpty() ? new ArrayList<>() : regionLocks;
        asked.stream()
                .filter(lock -> lock.requested() || regionLocks.stream().noneMatch(held -> held.rows() == lock.rows()))
                .forEach(regionLocks::add);
    }

    boolean put(PendingPut put) {
        puts = puts.isEmpty() ? new ArrayList<>() : puts;
        return puts.size() < MAX_PUTS && results.add(put.result()) && puts.add(put);
    }

    PendingResults results() {
        return results;
    }

    TableLocks tables() {
        return tables;
    }

    /** Returns whether only the database shows what the transaction has made of a row. */
    boolean hides(RowNamespace rows, Row row) {
        return holds(rows, row) || (!inserted.isEmpty() && inserted.containsKey(row));
    }

    /** Returns whether the transaction is about to change a row, or all of its region. */
    boolean holds(RowNamespace rows, Row row) {
        return !holdsNoRow()
                && (locks.containsKey(row)
                        || invalidations.containsKey(row)
                        || regionLocks.stream().anyMatch(lock -> lock.rows() == rows));
    }

    /** As it mostly is when a row is read. */
    private boolean holdsNoRow() {
        return locks.isEmpty() && invalidations.isEmpty() && regionLocks.isEmpty();
    }

    /** Returns whether nothing has to be told to the cache before a commit. */
    boolean guardNothing() {
        return holdsNoRow() && tables.isEmpty();
    }

    /** Returns whether the cache was told of anything that the transaction writes. */
    boolean writes() {
        return !guardNothing() || !inserted.isEmpty();
    }

    /** Returns whether nothing has to be told to the cache after completion. */
    boolean isEmpty() {
        return guardNothing() && puts.isEmpty() && releases.isEmpty() && inserted.isEmpty();
    }

    /** Adds what must be acknowledged before the commit. */
    void guard(Batch batch, QueryClock clock) {
        long now = clock.now();
        batch.expect(locks.size());
        locks.values().stream().filter(lock -> lock.wanting(now)).forEach(lock -> lock.addLock(batch));
        tables.lock(batch, clock);
        regionLocks.stream().filter(RegionLock::wanting).forEach(lock -> lock.addLock(batch));
    }

    /**
     * Adds what follows a commit of which nobody knows whether it comes: everything is locked once more, for as long as
     * a lock lasts, and nothing is released.
     */
    void leave(Batch batch, QueryClock clock) {
        locks.values().forEach(lock -> lock.addLock(batch));
        releases.forEach(lock -> lock.addLock(batch));
        invalidations.forEach((row, rows) -> rows.addLockInDoubt(batch, row, token()));
        regionLocks.forEach(lock -> lock.addLock(batch));
        tables.leave(batch, clock);
        abandon();
    }

    /** Holds nothing any more, and releases nothing. */
    void abandon() {
        puts.clear();
        locks.clear();
        releases.clear();
        invalidations.clear();
        regionLocks.clear();
        tables.forget();
    }

    /** Adds what follows the completion, and holds nothing any more. */
    void settle(Batch batch, boolean successful, QueryClock clock) {
        if (successful) {
            settlePuts(batch);
        }
        puts.clear();
        inserted.clear();
        results.clear();
        // After a rollback those too that were never sent: the write may have failed because what is cached is stale.
        locks.values().forEach(lock -> lock.addUnlock(batch, successful));
        locks.clear();
        releases.forEach(lock -> lock.addUnlock(batch, successful));
        releases.clear();
        invalidations.forEach((row, rows) -> rows.addInvalidation(batch, row, token()));
        invalidations.clear();
        regionLocks.forEach(lock -> lock.addUnlock(batch, successful));
        regionLocks.clear();
        if (successful || tables.anyLocked()) {
            tables.release(batch, clock);
        }
        tables.forget();
    }

    /** What a lock or an invalidation takes care of needs no more. */
    private void settlePuts(Batch batch) {
        inserted.keySet().removeAll(locks.keySet());
        inserted.keySet().removeAll(invalidations.keySet());
        for (PendingPut put : puts) {
            if (locks.containsKey(put.row())) {
                continue;
            }
            if (!put.isCurrent()) {
                put.invalidate(batch, token());
                inserted.remove(put.row());
            } else if (batch.put(put) && put.evicts()) {
                inserted.remove(put.row());
            }
        }
        inserted.forEach((row, insertion) -> batch.put(RowEviction.of(insertion.rows(), row, token())));
    }
}
