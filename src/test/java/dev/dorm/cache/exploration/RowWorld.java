package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.session.SessionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One row, its readers and writers on several JVMs, and a database that says what was committed. Readers are
 * REPEATABLE READ, with a snapshot as old as their begin.
 *
 * <p>Each step makes one round trip at most, so that between any two of them every other transaction may come.
 */
public final class RowWorld implements World {

    /** Whatever the deadlines are about has long happened when they are over. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Shorter than the fence; and so long that who began before may not put any more. */
    private static final List<Duration> WAITS = List.of(Duration.ofSeconds(15), Duration.ofSeconds(45));

    /** A row that is made anew has the next multiple of this for its value, and so the version 0. */
    static final int ANEW = 1000;

    final RowScope scope;
    final VirtualStore store;
    final LongSupplier ticker;
    final List<VirtualJvm> jvms = new ArrayList<>();
    final List<RowReader> readers = new ArrayList<>();
    final List<RowWriter> writers = new ArrayList<>();
    final Map<String, Integer> writerOf = new HashMap<>();

    /** What the database holds: how many writes were committed. */
    int committed;

    /** The last of them of which caches were told: what was raised without may be missed. */
    int told;

    int flushes;
    int rollbacks;
    int waits;
    int losses;
    int copies;
    int raises;
    final List<Symmetry> symmetries;
    private final Backend backend;
    private @Nullable RowPicture picture;
    private @Nullable String violation;

    public RowWorld(RowScope scope, VirtualStore store, LongSupplier ticker, String prefix) {
        this.scope = scope;
        this.store = store;
        this.ticker = ticker;
        this.flushes = scope.flushes();
        this.rollbacks = scope.rollbacks();
        this.waits = scope.waits();
        this.losses = scope.losses();
        this.copies = scope.copies();
        this.raises = scope.raises();
        this.symmetries = Symmetry.of(scope);
        this.backend = scope.backend().apply(store.backend());
        for (int i = 0; i < scope.jvms(); i++) {
            VirtualJvm jvm = new VirtualJvm(backend, prefix, ticker, scope.ttl(), scope.settling());
            jvms.add(jvm);
            jvm.store.learn(List.of(jvm.shard()), null);
            jvm.roundTrips();
        }
        scope.readers().forEach(reads -> readers.add(new RowReader(this, jvms.get(reads.jvm()), reads)));
        for (int i = 0; i < scope.writers().size(); i++) {
            writers.add(new RowWriter(
                    this, jvms.get(i % scope.jvms()), scope.writers().get(i), i));
        }
        tick();
        if (scope.filled()) {
            fill(jvms.get(0));
        }
    }

    private void fill(VirtualJvm jvm) {
        SessionContext context = jvm.begin();
        jvm.rows.put(context, "1", committed, false);
        context.transactionCompleted(true);
        jvm.roundTrips();
        tick();
    }

    /** Commits a write of which caches are told. */
    int commit(boolean anew) {
        committed = anew ? (committed / ANEW + 1) * ANEW : committed + 1;
        told = committed;
        return committed;
    }

    /** Whether somebody has raised the version and not committed: the database makes all others wait. */
    boolean raised() {
        return readers.stream().anyMatch(RowReader::holdsRow);
    }

    /** Returns how things stand after the last step. */
    private RowPicture picture() {
        RowPicture now = picture;
        if (now == null) {
            now = RowPicture.of(this);
            picture = now;
        }
        return now;
    }

    private void tick() {
        picture = null;
        store.elapse(Duration.ofNanos(1000));
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
        RowPicture now = picture();
        Duration next = now.nextDeadline();
        if (next != null && !scope.filled() && mayElapse(next.plus(MARGIN))) {
            steps.add("expire");
        }
        for (Duration wait : WAITS) {
            if (next != null && waits > 0 && next.compareTo(wait) > 0 && mayElapse(wait)) {
                steps.add("wait" + wait.toSeconds());
            }
        }
        if (now.holdsEntry() && evicts() && !scope.filled()) {
            steps.add("evict");
        }
        if (flushes > 0) {
            steps.add("flush");
        }
        if (raises > 0 && !raised()) {
            steps.add("raise");
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

    /** The keys that can be lost. */
    private Map<String, String> keys() {
        VirtualJvm any = jvms.get(0);
        return Map.of(
                "row", any.row().key(),
                "version", any.shard().versionKey(),
                "region", any.shard().lockKey(),
                "newest", any.shard().writtenKey(),
                "slices", any.shard().slicesKey());
    }

    private void lose(String name) {
        losses--;
        RowPicture now = picture();
        store.backend().delete(keys().get(name));
        writers.forEach(writer -> writer.lost(now));
    }

    /** Executes a step once more that a JVM has sent, or for the first time if it was held; nobody hears the reply. */
    private void again(String which) {
        copies--;
        String[] parts = which.split("-");
        Step<?> step = jvms.get(Integer.parseInt(parts[0])).sent().get(Integer.parseInt(parts[1]));
        backend.run(step);
    }

    private void arrive(String which) {
        String[] parts = which.split("-");
        jvms.get(Integer.parseInt(parts[0])).arrive(Integer.parseInt(parts[1]));
    }

    /** A flush and a crash together are beyond what the protocol promises. */
    private boolean mayElapse(Duration duration) {
        return scope.flushes() == 0 && scope.losses() == 0
                || writers.stream().noneMatch(writer -> writer.late(duration));
    }

    private void elapse(Duration duration) {
        writers.stream().filter(writer -> writer.late(duration)).forEach(RowWriter::crash);
        store.elapse(duration);
    }

    private boolean evicts() {
        return store.evicts();
    }

    @Override
    public void take(String step) {
        Integer before = scope.comparesVersions() ? RowPicture.of(this).entry() : null;
        tick();
        int dot = step.indexOf('.');
        if (dot < 0) {
            pass(step);
        } else {
            int index = Integer.parseInt(step.substring(1, dot));
            String what = step.substring(dot + 1);
            if (step.charAt(0) == 'r') {
                readers.get(index).take(what);
            } else {
                writers.get(index).take(what);
            }
        }
        picture = null;
        Integer after = before == null ? null : RowPicture.of(this).entry();
        if (after != null && after < before) {
            broken("STALE " + after + " in place of " + before);
        }
        for (VirtualJvm jvm : jvms) {
            if (jvm.roundTrips() > 1) {
                broken("two round trips in one step " + step);
            }
        }
    }

    private void pass(String what) {
        if (what.startsWith("lose-")) {
            lose(what.substring(5));
            return;
        }
        if (what.startsWith(ARRIVES)) {
            arrive(what.substring(ARRIVES.length()));
            return;
        }
        if (what.startsWith(COPY)) {
            again(what.substring(COPY.length()));
            return;
        }
        switch (what) {
            case "expire" -> elapse(picture().nextDeadline().plus(MARGIN));
            case "wait15", "wait45" -> {
                waits--;
                elapse(Duration.ofSeconds(Integer.parseInt(what.substring(4))));
            }
            case "evict" -> {
                store.evict();
            }
            case "raise" -> {
                raises--;
                committed++;
            }
            case "flush" -> {
                flushes--;
                store.flush();
                writers.forEach(RowWriter::flushed);
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    /** Checks what the cache has given to a transaction. */
    void hit(int value, int floor) {
        if (value > committed) {
            broken("NEVER COMMITTED " + value + " of " + committed);
        } else if (value < floor && !inFlushWindow()) {
            broken("STALE " + value + " < " + floor);
        }
    }

    private boolean inFlushWindow() {
        return writers.stream().anyMatch(RowWriter::inFlushWindow);
    }

    private void broken(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    @Override
    public @Nullable String violation() {
        Integer value = picture().value();
        if (value != null && (value < told || value > committed) && !inFlushWindow()) {
            broken("STALE, for whoever begins now, " + value + " of " + committed);
        }
        return violation;
    }

    @Override
    public String state() {
        return picture().state();
    }

    @Override
    public void close() {
        store.close();
    }
}
