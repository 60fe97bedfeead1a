package dev.dorm.cache.internal.query;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.Renewal;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.Tokens;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The counter of all writes to cached tables, by which query results are dated. Thread-safe.
 *
 * <p>A transaction is dated by the newest value that this process had seen before it began: a field, no round trip.
 */
public final class QueryClock implements Renewal.Tables {

    private final ResilientStore store;
    private final String regionPrefix;
    private final boolean strict;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile long seen;

    /**
     * Creates the clock of a session factory.
     *
     * @param store where it is kept
     * @param regionPrefix Hibernate's region prefix, empty for none
     * @param strict whether a write must fail when it cannot be announced
     */
    public QueryClock(ResilientStore store, String regionPrefix, boolean strict) {
        this.store = store;
        this.regionPrefix = regionPrefix;
        this.strict = strict;
        store.renewal().add(this);
    }

    /**
     * Makes sure that tables have a record, so that their first query results are valid.
     *
     * @param tables the tables
     */
    public void settle(Collection<String> tables) {
        settle(tables, null);
    }

    void settle(Collection<String> tables, @Nullable OutageBudget budget) {
        meet(tables);
        Step.SettleTables step = new Step.SettleTables(clock(), List.copyOf(tables));
        Replies replies = store.tryRun(List.of(step), budget);
        if (replies != null) {
            saw(replies.of(step));
        }
    }

    /** Makes every result over the tables that are known stale. */
    public void invalidateAll() {
        changed(List.copyOf(known));
    }

    /**
     * Makes every result over some tables stale.
     *
     * @param tables the tables
     */
    public void changed(List<String> tables) {
        Batch batch = new Batch();
        addUnlock(batch, tables, Tokens.next(), true);
        batch.sendAfterCompletion();
    }

    /** Adds a lock on tables that are about to be written. */
    void addLock(Batch batch, List<String> tables, String token, Runnable acknowledged) {
        if (!tables.isEmpty()) {
            batch.add(store, locking(tables, token, batch.latest(store, clock().key()), acknowledged));
        }
    }

    private Batch.Sent locking(List<String> tables, String token, long latest, Runnable acknowledged) {
        Clock clock = clock();
        Step.LockTables step = new Step.LockTables(clock, tables, token, latest);
        Predicate<Replies> replied = replies -> {
            saw(replies.of(step));
            boolean taken = replies.of(step) != 0;
            if (taken) {
                acknowledged.run();
            }
            return taken;
        };
        return new Batch.Sent(
                step,
                replied,
                strict,
                true,
                () -> locking(tables, token, Batch.latestNow(store, clock.key()), acknowledged));
    }

    /** Adds the release of tables, which makes results over them stale; it is waited for unless their locks stand until it comes. */
    void addUnlock(Batch batch, List<String> tables, String token, boolean awaited) {
        if (!tables.isEmpty()) {
            Step.UnlockTables step = new Step.UnlockTables(clock(), tables, token);
            batch.add(store, step, awaited, replies -> saw(replies.of(step)));
        }
    }

    /** Takes note of tables; returns whether any was not known, so that no older result over it may be served. */
    boolean meet(Collection<String> tables) {
        boolean fresh = false;
        for (String table : tables) {
            fresh |= known.add(table);
        }
        if (fresh) {
            store.renewal().again();
        }
        return fresh;
    }

    @Override
    public List<String> known() {
        return List.copyOf(known);
    }

    public ResilientStore store() {
        return store;
    }

    @Override
    public Clock clock() {
        return store.backend().layout().clock(regionPrefix);
    }

    public long now() {
        return store.observed().now();
    }

    /**
     * Returns whether a table was written later than any value of the clock that this process has seen, though it reads
     * the two together: the clock was lost. Nothing could be dated late enough until somebody writes.
     */
    boolean isBehind(TableState table) {
        return seen < table.clock();
    }

    public TransactionStart begin() {
        return new TransactionStart(now(), seen);
    }

    @Override
    public void saw(long value) {
        if (value != 0) {
            seen = value;
        }
    }
}
