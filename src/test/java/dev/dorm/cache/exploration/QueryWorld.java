package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.lifetime.Lifetime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One query over one table, its readers and the table's writers on several JVMs, and a database. */
public final class QueryWorld implements World {

    /** A clock grows by one, and no faster than time: no store takes a million writes in a second. */
    private static final Duration TICK = Duration.ofNanos(10_000);

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
    int losses;
    int copies;
    private final Backend backend;
    private @Nullable String violation;

    public QueryWorld(QueryScope scope, VirtualStore store, LongSupplier ticker, String prefix) {
        this.scope = scope;
        this.store = store;
        this.losses = scope.losses();
        this.copies = scope.copies();
        this.symmetries = Symmetry.of(scope);
        Backend steps = scope.backend().apply(store.backend());
        this.backend = scope.near() ? new TellingBackend(steps, store::millis, scope.mutant()::silences) : steps;
        for (int i = 0; i < scope.jvms(); i++) {
            VirtualJvm jvm = new VirtualJvm(
                    backend, prefix, ticker, new Lifetime(Duration.ZERO, 0, 0, 0), scope.settling(), scope.near());
            jvms.add(jvm);
            jvm.clock.settle(VirtualQueries.TABLES);
            jvm.store.learn(List.of(shard(jvm)), null);
            jvm.roundTrips();
        }
        scope.readers()
                .forEach(reads -> readers.add(new QueryReader(this, jvms.get(reads.jvm()), reads.transactions())));
        for (int i = 0; i < scope.writers().size(); i++) {
            writers.add(new QueryWriter(
                    this, jvms.get(i % scope.jvms()), scope.writers().get(i), i));
        }
        store.elapse(TICK);
    }

    /** Returns the current version of the query region, 0 when it is lost. */
    long version() {
        return RowFormat.counter(store.backend().get(shard(jvms.get(0)).versionKey()));
    }

    static String key(VirtualJvm jvm, long version) {
        return shard(jvm).resultKey(version, VirtualQueries.DIGEST);
    }

    /** The keys that can be lost. */
    private Map<String, String> keys() {
        VirtualJvm any = jvms.get(0);
        return Map.of(
                "clock", any.clock.clock().key(),
                "table", any.clock.clock().tableKey("t"),
                "version", shard(any).versionKey(),
                "result", key(any, version()));
    }

    private void lose(String name) {
        losses--;
        List<Integer> before = holders();
        store.backend().delete(keys().get(name));
        List<Integer> after = holders();
        for (QueryWriter writer : writers) {
            writer.lost |=
                    before.stream().anyMatch(writer::holds) && after.stream().noneMatch(writer::holds);
        }
    }

    /** Releases the table, as if nothing had come of a write. */
    void release(String token) {
        store.backend().run(new Step.UnlockTables(jvms.get(0).clock.clock(), VirtualQueries.TABLES, token));
    }

    private List<Integer> holders() {
        return table().tokens().stream()
                .map(token -> writerOf.getOrDefault(token, -1))
                .toList();
    }

    /** Executes a step once more that a JVM has sent, or for the first time if it was held; nobody hears the reply. */
    private void again(String which) {
        copies--;
        String[] parts = which.split("-");
        backend.run(jvms.get(Integer.parseInt(parts[0])).sent().get(Integer.parseInt(parts[1])));
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
        if (losses > 0) {
            new TreeMap<>(keys()).forEach((name, key) -> {
                if (store.backend().get(key) != null) {
                    steps.add("lose-" + name);
                }
            });
        }
        for (int j = 0; j < jvms.size(); j++) {
            for (int k = 0; k < jvms.get(j).settling().size(); k++) {
                steps.add(ARRIVES + j + "-" + k);
            }
        }
        for (int j = 0; copies > 0 && j < jvms.size(); j++) {
            for (int k = 0; k < jvms.get(j).sent().size(); k++) {
                steps.add(COPY + j + "-" + k);
            }
        }
        return steps;
    }

    @Override
    public void take(String step) {
        store.elapse(TICK);
        jvms.forEach(VirtualJvm::beat);
        int dot = step.indexOf('.');
        if (dot < 0) {
            pass(step);
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
            // The second settles a table that a dead writer has locked, or what was lost; it is of no use to this
            // reader.
            if (jvm.roundTrips() > (passed > 0 || scope.losses() > 0 ? 2 : 1)) {
                violation = "more round trips than one in step " + step;
            }
        }
    }

    private void pass(String step) {
        if (step.startsWith("lose-")) {
            lose(step.substring(5));
        } else if (step.startsWith(ARRIVES)) {
            String[] parts = step.substring(ARRIVES.length()).split("-");
            jvms.get(Integer.parseInt(parts[0])).arrive(Integer.parseInt(parts[1]));
        } else if (step.startsWith(COPY)) {
            again(step.substring(COPY.length()));
        } else {
            passed++;
            writers.forEach(QueryWriter::crash);
            store.elapse(EXPIRY);
            jvms.forEach(VirtualJvm::beat);
        }
    }

    private boolean inLossWindow() {
        return writers.stream().anyMatch(QueryWriter::inLossWindow);
    }

    void hit(int value, int floor) {
        if (value > committed) {
            violation = "NEVER COMMITTED " + value + " of " + committed;
        } else if (value < floor && !inLossWindow()) {
            violation = "STALE " + value + " < " + floor;
        }
    }

    @Override
    public @Nullable String violation() {
        Integer value = new QueryPicture(this).value();
        if (violation == null && value != null && value != committed && !inLossWindow()) {
            violation = "STALE, for whoever begins now, " + value + " of " + committed;
        }
        for (VirtualJvm jvm : jvms) {
            VirtualQueries.Result kept = jvm.kept();
            if (violation == null && kept != null && kept.value() != committed && !inLossWindow()) {
                violation = "STALE, kept for whoever begins now, " + kept.value() + " of " + committed;
            }
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
