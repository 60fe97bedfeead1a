package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.TableState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One query over one table, its readers and the table's writers on several JVMs, and a database. */
final class QueryWorld implements World {

    /** After it, a lock is over that was taken before it. */
    private static final Duration EXPIRY = Duration.ofSeconds(61);

    final QueryScope scope;
    final List<VirtualJvm> jvms = new ArrayList<>();
    final List<QueryReader> readers = new ArrayList<>();
    final List<QueryWriter> writers = new ArrayList<>();
    final Map<String, Integer> writerOf = new HashMap<>();
    final VirtualStore store;
    final List<Symmetry> symmetries;

    /** When each JVM first looked at each token, in expiries since the start. */
    final Map<String, Integer> looked = new HashMap<>();

    int committed;
    int passed;
    private @Nullable String violation;

    QueryWorld(QueryScope scope, VirtualStore store, LongSupplier ticker, String prefix) {
        this.scope = scope;
        this.store = store;
        this.symmetries = Symmetry.of(scope.jvms(), scope.readers(), scope.writers());
        Backend backend = scope.backend().apply(store.backend());
        for (int i = 0; i < scope.jvms(); i++) {
            VirtualJvm jvm = new VirtualJvm(backend, prefix, ticker, Duration.ZERO);
            jvms.add(jvm);
            jvm.clock.settle(VirtualQueries.TABLES);
            jvm.store.learn(List.of(shard(jvm)));
            jvm.roundTrips();
        }
        scope.readers()
                .forEach(reads -> readers.add(new QueryReader(this, jvms.get(reads.jvm()), reads.transactions())));
        for (int i = 0; i < scope.writers(); i++) {
            writers.add(new QueryWriter(this, jvms.get(i % scope.jvms()), i));
        }
        store.elapse(Duration.ofNanos(1000));
    }

    static Shard shard(VirtualJvm jvm) {
        return jvm.queries.results.namespace().shards().get(0);
    }

    @Override
    public List<String> enabled() {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            for (String step : readers.get(i).enabled()) {
                steps.add("r" + i + "." + step);
            }
        }
        for (int i = 0; i < writers.size(); i++) {
            for (String step : writers.get(i).enabled()) {
                steps.add("w" + i + "." + step);
            }
        }
        if (passed < scope.expiries() && !table().tokens().isEmpty()) {
            steps.add("expire");
        }
        return steps;
    }

    @Override
    public void take(String step) {
        store.elapse(Duration.ofNanos(1000));
        int dot = step.indexOf('.');
        if (dot < 0) {
            passed++;
            writers.forEach(QueryWriter::crash);
            store.elapse(EXPIRY);
            return;
        }
        int index = Integer.parseInt(step.substring(1, dot));
        String what = step.substring(dot + 1);
        if (step.charAt(0) == 'w') {
            writers.get(index).take(what);
        } else {
            QueryReader reader = readers.get(index);
            boolean found = reader.phase == QueryReader.Phase.FOUND;
            TableState seen = table();
            reader.take(what);
            if (found || what.equals("get") && reader.phase != QueryReader.Phase.FOUND) {
                seen.tokens().forEach(token -> looked.putIfAbsent(jvms.indexOf(reader.jvm) + token, passed));
            }
        }
        for (VirtualJvm jvm : jvms) {
            // The second settles a table that a dead writer has locked; what it finds is of no use to this reader.
            if (jvm.roundTrips() > (passed > 0 ? 2 : 1)) {
                violation = "more round trips than one in step " + step;
            }
        }
    }

    void hit(int value, int floor) {
        if (value > committed) {
            violation = "NEVER COMMITTED " + value + " of " + committed;
        } else if (value < floor) {
            violation = "STALE " + value + " < " + floor;
        }
    }

    @Override
    public @Nullable String violation() {
        Integer value = new QueryPicture(this).value();
        if (violation == null && value != null && value != committed) {
            violation = "STALE, for whoever begins now, " + value + " of " + committed;
        }
        return violation;
    }

    private TableState table() {
        return TableState.of(store.backend().get(jvms.get(0).clock.clock().tableKey("t")));
    }

    @Override
    public String state() {
        return new QueryPicture(this).state();
    }

    @Override
    public void close() {
        store.close();
    }
}
