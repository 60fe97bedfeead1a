package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.Put;
import dev.dorm.cache.internal.row.RegionLock;
import dev.dorm.cache.internal.row.RowEncoder;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.store.Store;
import dev.dorm.cache.internal.store.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Steps that travel together, one round trip for each backend they go to. */
public final class Batch {

    /** So many puts to one round trip; locks and unlocks are never split. */
    private static final int PUTS = 1_000;

    private final Map<Store, List<Sent>> guards = new LinkedHashMap<>();
    private final Map<Store, List<Put>> puts = new LinkedHashMap<>();
    private final List<Step.UnlockRow> doubted = new ArrayList<>();
    private final @Nullable Trial trial;

    /** Creates a batch that is sent outside a transaction. */
    public Batch() {
        this(null);
    }

    /** Creates a transaction's batch. */
    public Batch(@Nullable Trial trial) {
        this.trial = trial;
    }

    /**
     * A step that was sent.
     *
     * @param step the step
     * @param replied takes its reply; returns whether it came in time
     * @param strict whether its failure must fail the transaction
     * @param again makes it once more, with a later time until which it may be taken
     */
    private record Sent(Step<?> step, Predicate<Replies> replied, boolean strict, @Nullable Supplier<Sent> again) {}

    void lock(RowLock lock) {
        add(lock.rows().store(), locking(lock));
    }

    private static Sent locking(RowLock lock) {
        Store store = lock.rows().store();
        Shard shard = lock.row().shard();
        Step.LockRow step =
                new Step.LockRow(lock.row(), lock.token(), lock.expected(), store.latest(shard.versionKey()));
        Predicate<Replies> replied = replies -> {
            LockReply reply = replies.of(step);
            if (reply.version() == 0) {
                return false;
            }
            store.knowledge().sawVersion(shard, reply.version());
            store.counters().count(Counter.LOCK);
            lock.acknowledge(
                    reply, replies.moment(step).written(), store.knowledge().now());
            return true;
        };
        return new Sent(step, replied, lock.rows().strict(), () -> locking(lock));
    }

    /** Locks a row that was to be invalidated after a commit of which nobody knows whether it comes. */
    void lockInDoubt(CachedRows rows, Row row, String token) {
        Step.LockRow step = new Step.LockRow(row, token);
        doubted.add(Step.invalidate(row, token));
        add(rows.store(), step, replies -> rows.store().counters().count(Counter.LOCK));
    }

    public void unlock(RowLock lock, boolean successful) {
        CachedRows rows = lock.rows();
        RowEncoder.Body body = successful ? lock.value() : null;
        byte[] entry = body == null ? null : rows.seal(lock.row(), lock.version(), lock.write(), body);
        unlock(rows, new Step.UnlockRow(lock.row(), lock.token(), lock.write(), lock.version(), entry, rows.ttl()));
    }

    public void invalidate(CachedRows rows, Step.UnlockRow step) {
        unlock(rows, step);
    }

    private void unlock(CachedRows rows, Step.UnlockRow step) {
        Store store = rows.store();
        add(store, step, replies -> {
            boolean stored = replies.of(step);
            store.counters().count(stored ? Counter.PUT : Counter.INVALIDATION);
            if (!stored) {
                long write = replies.moment(step).written();
                store.knowledge().sawInTheWay(step.row(), RowFormat.digest(RowFormat.tombstone(step.token(), write)));
            }
        });
    }

    public void lock(RegionLock lock) {
        lock.request();
        CachedRows rows = lock.rows();
        lock.lock().forEach(step -> add(rows.store(), locking(rows, step)));
    }

    private static Sent locking(CachedRows rows, Step.LockShard asked) {
        Store store = rows.store();
        Shard shard = asked.shard();
        Step.LockShard step = new Step.LockShard(shard, asked.token(), store.latest(shard.versionKey()));
        Predicate<Replies> replied = replies -> bumped(store, shard, replies.of(step));
        return new Sent(step, replied, rows.strict(), () -> locking(rows, asked));
    }

    private static boolean bumped(Store store, Shard shard, long version) {
        if (version == 0) {
            return false;
        }
        store.counters().count(Counter.BUMP);
        store.knowledge().sawVersion(shard, version);
        return true;
    }

    /** Unlocks a region; one that was not locked was not written, unless the commit came without notice. */
    public void unlock(RegionLock lock, boolean written) {
        if (written || lock.requested()) {
            lock.unlock().forEach(step -> bump(lock.rows().store(), step.shard(), step));
        }
    }

    public void bump(Store store, Shard shard) {
        bump(store, shard, new Step.BumpVersion(shard));
    }

    private void bump(Store store, Shard shard, Step<Long> step) {
        add(store, step, replies -> bumped(store, shard, replies.of(step)));
    }

    public void lockTables(QueryClock clock, List<String> tables, String token) {
        if (!tables.isEmpty()) {
            add(clock.store(), locking(clock, tables, token));
        }
    }

    private static Sent locking(QueryClock clock, List<String> tables, String token) {
        long latest = clock.store().latest(clock.clock().key());
        Step.LockTables step = new Step.LockTables(clock.clock(), tables, token, latest);
        Predicate<Replies> replied = replies -> {
            clock.saw(replies.of(step));
            return replies.of(step) != 0;
        };
        return new Sent(step, replied, clock.strict(), () -> locking(clock, tables, token));
    }

    public void unlockTables(QueryClock clock, List<String> tables, String token) {
        if (!tables.isEmpty()) {
            Step.UnlockTables step = new Step.UnlockTables(clock.clock(), tables, token);
            add(clock.store(), step, replies -> clock.saw(replies.of(step)));
        }
    }

    /** Adds what fills the cache; returns whether it is still young enough. */
    public boolean put(Put put) {
        return put.inTime()
                && puts.computeIfAbsent(put.store(), s -> new ArrayList<>()).add(put);
    }

    /** Sends the steps that must be acknowledged before a commit; a strict one that fails fails the transaction. */
    public void sendBeforeCommit() {
        guards.forEach((store, sent) -> {
            boolean strict = sent.stream().anyMatch(Sent::strict);
            try {
                // A write that must not pass by the cache tries it, whatever became of the transaction's reads.
                Trial how = strict ? Trial.INSISTING : trial;
                List<Sent> late = deliver(sent, store.run(steps(sent), how));
                if (!late.isEmpty()) {
                    // The server's clock was set; by its replies it is known again.
                    List<Sent> again = again(late);
                    late = deliver(again, store.run(steps(again), how));
                }
                if (!late.isEmpty()) {
                    throw new BackendException("a lock came too late, by the server's clock");
                }
            } catch (BackendException e) {
                if (strict) {
                    throw new CacheException(
                            "The cache '" + store.alias() + "' cannot be locked, so the transaction must not commit"
                                    + " (setting hibernate.cache.dorm.on_outage = fail, or strategy TRANSACTIONAL)",
                            e);
                }
            }
        });
    }

    /** Sends the locks that are left standing; where that fails, those stand that were taken before the commit. */
    void sendInDoubt() {
        guards.forEach((store, sent) -> {
            Replies replies = store.lockAgain(steps(sent), trial);
            if (replies == null) {
                Set<Shard> shards = new HashSet<>();
                sent.forEach(each -> {
                    Row row = each.step() instanceof Step.Lock<?> lock ? lock.row() : null;
                    if (row != null) {
                        shards.add(row.shard());
                    }
                });
                store.owe(doubted.stream()
                        .filter(each -> shards.contains(each.row().shard()))
                        .toList());
            }
            deliver(sent, replies);
        });
    }

    /** Sends the steps that follow a completion, and the puts behind them. */
    public void sendAfterCompletion() {
        for (Map.Entry<Store, List<Put>> late : puts.entrySet()) {
            guards.computeIfAbsent(late.getKey(), s -> new ArrayList<>());
        }
        guards.forEach((store, sent) -> {
            List<Put> pending = puts.getOrDefault(store, List.of());
            List<Put> first = pending.subList(0, Math.min(PUTS, pending.size()));
            List<Step<?>> steps = steps(sent);
            first.forEach(put -> steps.add(put.step()));
            if (steps.isEmpty()) {
                return;
            }
            Replies replies = sent.isEmpty() ? store.tryRun(steps, trial) : store.invalidate(steps, trial);
            if (replies != null) {
                deliver(sent, replies);
                first.forEach(put -> put.replied(replies));
                sendPuts(store, pending.subList(first.size(), pending.size()));
            }
        });
    }

    private void sendPuts(Store store, List<Put> puts) {
        for (int from = 0; from < puts.size(); from += PUTS) {
            List<Put> some = puts.subList(from, Math.min(puts.size(), from + PUTS));
            Replies replies = store.tryRun(some.stream().<Step<?>>map(Put::step).toList(), trial);
            if (replies == null) {
                return;
            }
            some.forEach(put -> put.replied(replies));
        }
    }

    private static List<Step<?>> steps(List<Sent> sent) {
        List<Step<?>> steps = new ArrayList<>(sent.size());
        sent.forEach(s -> steps.add(s.step()));
        return steps;
    }

    /** Delivers replies; returns what came too late to be taken. */
    private static List<Sent> deliver(List<Sent> sent, @Nullable Replies replies) {
        if (replies == null) {
            return List.of();
        }
        List<Sent> late = new ArrayList<>(0);
        for (Sent each : sent) {
            if (!each.replied().test(replies)) {
                late.add(each);
            }
        }
        return late;
    }

    private static List<Sent> again(List<Sent> late) {
        List<Sent> again = new ArrayList<>();
        for (Sent each : late) {
            Supplier<Sent> made = each.again();
            again.add(made == null ? each : made.get());
        }
        return again;
    }

    private void add(Store store, Step<?> step, Consumer<Replies> replied) {
        Predicate<Replies> taken = replies -> {
            replied.accept(replies);
            return true;
        };
        add(store, new Sent(step, taken, false, null));
    }

    private void add(Store store, Sent sent) {
        guards.computeIfAbsent(store, s -> new ArrayList<>()).add(sent);
    }
}
