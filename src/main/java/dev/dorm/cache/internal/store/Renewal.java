package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has everything that this process caches in a backend renewed when the backend's memory turns out to be another: what
 * was restored from a snapshot, or stands on a replica that lagged, must not be served. Thread-safe.
 *
 * <p>The backend renews each namespace once for each memory, whichever process asks first, so asking again is harmless.
 */
public final class Renewal {

    /** A cluster whose masters are all met for the first time shows its memories one by one. */
    private static final int ATTEMPTS = 4;

    private final ObservedState observed;
    private final Counters counters;
    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();
    private final List<Tables> clocks = new CopyOnWriteArrayList<>();
    private final ReentrantLock renewing = new ReentrantLock();
    private final AtomicLong additions = new AtomicLong();
    private volatile @Nullable Done done;

    /** The tables of a query clock. */
    public interface Tables {

        /** Where the clock stands. */
        Clock clock();

        /** The names of the tables that were met so far. */
        List<String> known();

        /** Takes note of the clock's value. */
        void saw(long value);
    }

    /** Under which memory of which backend everything was renewed, and how much that was. */
    private record Done(Backend backend, long epoch, long additions) {}

    Renewal(ObservedState observed, Counters counters) {
        this.observed = observed;
        this.counters = counters;
    }

    /** Adds the namespace of rows: none of them is read before it is renewed. */
    public void add(String namespace) {
        namespaces.add(namespace);
        again();
    }

    /** Adds the namespace of query results, which its tables' clock guards: it is renewed with the others. */
    public void addQueries(String namespace) {
        namespaces.add(namespace);
    }

    public void add(Tables clock) {
        clocks.add(clock);
        again();
    }

    /** Says that there is more to renew: nothing is read before that. */
    public void again() {
        additions.incrementAndGet();
    }

    /** Returns a question that every server answers which holds something that this process caches. */
    Step<?> question(Function<String, Namespace> layouts) {
        List<Row> rows = namespaces.stream()
                .limit(1)
                .flatMap(name -> layouts.apply(name).shards().stream())
                .map(shard -> new Row(shard, "0"))
                .toList();
        return new Step.ReadRows(rows);
    }

    /** Returns whether everything was renewed under this memory of the backend. */
    boolean upToDate(Backend backend, long epoch) {
        Done last = done;
        return last != null && last.backend == backend && last.epoch == epoch && last.additions == additions.get();
    }

    /**
     * Renews everything.
     *
     * @param backend where
     * @param layouts lays a namespace out
     * @param run runs the steps; returns null when they did not get through
     * @return whether everything is renewed; false also while another thread is at it
     */
    boolean renew(
            Backend backend,
            Function<String, Namespace> layouts,
            Function<List<? extends Step<?>>, @Nullable Replies> run) {
        if (!renewing.tryLock()) {
            return false;
        }
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                Done renewed = new Done(backend, backend.serverEpoch(), additions.get());
                if (!renewOnce(layouts, run)) {
                    return false;
                }
                if (backend.serverEpoch() == renewed.epoch) {
                    done = renewed;
                    counters.count(Counter.RENEWAL);
                    return true;
                }
            }
            return false;
        } finally {
            renewing.unlock();
        }
    }

    private boolean renewOnce(
            Function<String, Namespace> layouts, Function<List<? extends Step<?>>, @Nullable Replies> run) {
        List<Step.RenewShard> shards = namespaces.stream()
                .flatMap(name -> layouts.apply(name).shards().stream())
                .map(Step.RenewShard::new)
                .toList();
        List<Step<?>> steps = new ArrayList<>(shards);
        List<Step.RenewTables> tables = new ArrayList<>();
        clocks.forEach(clock -> tables.add(new Step.RenewTables(clock.clock(), clock.known())));
        steps.addAll(tables);
        Replies replies = run.apply(steps);
        if (replies == null) {
            return false;
        }
        for (Step.RenewShard step : shards) {
            Shard shard = step.shard();
            observed.sawVersion(shard, replies.of(step));
            observed.renewedWrites(shard, replies.moment(step).written());
        }
        for (int i = 0; i < tables.size(); i++) {
            clocks.get(i).saw(replies.of(tables.get(i)));
        }
        return true;
    }
}
