package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What could not be invalidated during an outage, coalesced: a row is owed as a bump of its shard, and all tables of a
 * clock as one write to them, so that there are never more than the mapping has. Beside these, the locks that may stand
 * all the same are remembered one by one, as many as there is room for. Thread-safe.
 */
final class PendingInvalidations {

    /** Of what is owed only this has no bound in the mapping. */
    static final int MAX_TOKENS = 1_000;

    /** A request may arrive whose reply does not: so many rows and tables are not left to locks that end by themselves. */
    static final int MAX_LOCKS = 1_000;

    private final Map<Object, Step<?>> owed = new LinkedHashMap<>();
    private final Map<Object, Step<?>> locks = new LinkedHashMap<>();
    private final Owing owing = new Owing();
    private int tokens;
    private volatile boolean any;

    /** Remembers a step that did not get through; other steps than invalidations owe nothing. */
    synchronized void add(Step<?> step) {
        owing.visit(step);
        any = !owed.isEmpty();
    }

    private final class Owing implements StepVisitor.OfSome<@Nullable Void> {

        @Override
        public @Nullable Void unlockRow(Step.UnlockRow unlock) {
            bump(unlock.row().shard());
            release(List.of(unlock.row(), unlock.token()), Step.invalidate(unlock.row(), unlock.token()));
            return null;
        }

        @Override
        public @Nullable Void bumpVersion(Step.BumpVersion bump) {
            bump(bump.shard());
            return null;
        }

        @Override
        public @Nullable Void unlockShard(Step.UnlockShard unlock) {
            unlock(unlock);
            return null;
        }

        @Override
        public @Nullable Void unlockTables(Step.UnlockTables unlock) {
            write(unlock);
            return null;
        }

        @Override
        public @Nullable Void other(Step<?> step) {
            return null;
        }
    }

    /**
     * Sends what is owed.
     *
     * @param send runs the steps, and says whether they got through
     * @return whether nothing that was owed before the call is owed any more
     */
    boolean settle(Predicate<List<Step<?>>> send) {
        return !any || send(owed, send);
    }

    /** Sends the ends of locks that may stand: only when what is owed is settled, since nobody is served for want of these. */
    boolean release(Predicate<List<Step<?>>> send) {
        return !anyLocks() || send(locks, send);
    }

    private boolean send(Map<Object, Step<?>> what, Predicate<List<Step<?>>> send) {
        Map<Object, Step<?>> sent;
        synchronized (this) {
            sent = new LinkedHashMap<>(what);
        }
        if (!send.test(new ArrayList<>(sent.values()))) {
            return false;
        }
        synchronized (this) {
            // By identity: what was added to meanwhile is another step, and stays.
            sent.forEach((key, step) -> what.computeIfPresent(key, (k, now) -> now == step ? null : now));
            any = !owed.isEmpty();
            tokens = (int) owed.values().stream()
                    .filter(Step.UnlockShard.class::isInstance)
                    .count();
        }
        return true;
    }

    boolean any() {
        return any;
    }

    synchronized boolean anyLocks() {
        return !locks.isEmpty();
    }

    synchronized int size() {
        return owed.size();
    }

    /** A region's lock is owed with its token, lest nobody reads the region until it ends by itself. */
    private void unlock(Step.UnlockShard unlock) {
        List<Object> what = List.of(unlock.shard(), unlock.token());
        if (owed.containsKey(what) || tokens < MAX_TOKENS) {
            tokens += owed.put(what, unlock) == null ? 1 : 0;
        } else {
            bump(unlock.shard());
        }
    }

    private void bump(Shard shard) {
        owed.put(shard, new Step.BumpVersion(shard));
    }

    private void release(Object what, Step<?> unlock) {
        if (locks.containsKey(what) || locks.size() < MAX_LOCKS) {
            locks.put(what, unlock);
        }
    }

    private void write(Step.UnlockTables unlock) {
        Set<String> tables = new HashSet<>(unlock.tables());
        if (owed.get(unlock.clock()) instanceof Step.UnlockTables before) {
            tables.addAll(before.tables());
            release(List.of(before.clock(), before.token()), before);
        }
        owed.put(unlock.clock(), new Step.UnlockTables(unlock.clock(), List.copyOf(tables), unlock.token()));
    }
}
