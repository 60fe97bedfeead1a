package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.signing.OpenResult;
import dev.dorm.cache.internal.store.ObservedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One row of two columns, writers that change one of them each, and readers that fill the cache, on two JVMs. Writers read
 * from the cache or from the database, as it is committed then; a statement waits for another's commit.
 */
final class PartialWorld implements World {

    private static final int JVMS = 2;

    final PartialMutant mutant;

    /** Locks travel beside the statements. */
    final boolean early;

    private final VirtualStore store;
    private final List<VirtualJvm> jvms = new ArrayList<>();
    private final List<PartialWriter> writers = new ArrayList<>();
    private final List<Filler> fillers = new ArrayList<>();

    /** What the database holds. */
    int row = 0;

    /** A session that loads the row and puts it when it ends, in one transaction after the other. */
    private final class Filler {
        private final VirtualJvm jvm;
        private int left;
        private int snapshot;
        private @Nullable SessionContext context;

        Filler(VirtualJvm jvm, int left) {
            this.jvm = jvm;
            this.left = left;
        }

        void step() {
            SessionContext begun = context;
            if (begun == null) {
                left--;
                context = jvm.begin();
                snapshot = row;
                return;
            }
            Object value = jvm.rows.get(begun, "1");
            if (value == null) {
                jvm.rows.put(begun, "1", snapshot, false);
            }
            begun.transactionCompleted(true);
            context = null;
        }

        String picture() {
            SessionContext begun = context;
            if (begun == null) {
                return "i" + left;
            }
            ObservedState.SeenRow seen = jvm.observed().inTheWay(jvm.row());
            return "b" + left + " " + snapshot + (seen != null && !seen.before(begun.began()) ? "after" : "")
                    + (jvm.observed().versionBefore(jvm.shard(), begun.began()) == 0 ? "0" : "");
        }
    }

    PartialWorld(
            List<PartialWriter.Kind> kinds,
            boolean early,
            int fills,
            PartialMutant mutant,
            VirtualStore store,
            LongSupplier ticker) {
        this.mutant = mutant;
        this.early = early;
        this.store = store;
        for (int i = 0; i < JVMS; i++) {
            VirtualJvm jvm =
                    new VirtualJvm(elsewhere(mutant.over(store.backend())), "", ticker, Duration.ofSeconds(120));
            jvms.add(jvm);
            jvm.store.learn(List.of(jvm.shard()), null);
            fillers.add(new Filler(jvm, fills));
        }
        for (int i = 0; i < kinds.size(); i++) {
            writers.add(new PartialWriter(this, jvms.get(i % JVMS), kinds.get(i), i));
        }
        store.elapse(Duration.ofNanos(1000));
    }

    /** Nothing travels to a store that is in the process. */
    private static Backend elsewhere(Backend store) {
        return new ForwardingBackend(store) {
            @Override
            public boolean handsOutWhatItHolds() {
                return false;
            }
        };
    }

    boolean isWritten() {
        return writers.stream().anyMatch(PartialWriter::isWriting);
    }

    @Override
    public List<String> enabled() {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < fillers.size(); i++) {
            if (fillers.get(i).left > 0 || fillers.get(i).context != null) {
                steps.add("f" + i + ".step");
            }
        }
        for (int i = 0; i < writers.size(); i++) {
            for (String step : writers.get(i).enabled()) {
                steps.add("w" + i + "." + step);
            }
        }
        return steps;
    }

    @Override
    public void take(String step) {
        store.elapse(Duration.ofNanos(1000));
        int index = step.charAt(1) - '0';
        if (step.charAt(0) == 'f') {
            fillers.get(index).step();
        } else {
            writers.get(index).take(step.substring(3));
        }
    }

    private byte @Nullable [] bytes() {
        return store.backend().get(jvms.get(0).row().key());
    }

    private long version() {
        return RowFormat.counter(store.backend().get(jvms.get(0).shard().versionKey()));
    }

    /** Returns what a reader would be given now, or null. */
    @Nullable
    Integer entry() {
        byte[] bytes = bytes();
        if (bytes == null || RowFormat.kind(bytes, version()) != Kind.ENTRY) {
            return null;
        }
        OpenResult opened =
                VirtualJvm.ENVELOPE.open(bytes, version(), jvms.get(0).row().key());
        return VirtualJvm.Numbers.decode(opened.bytes(), opened.offset(), opened.length());
    }

    @Override
    public @Nullable String violation() {
        Integer value = entry();
        return value == null || value == row ? null : "STALE " + value + " where the database holds " + row;
    }

    @Override
    public String state() {
        StringBuilder out = new StringBuilder("db " + row + " ");
        byte[] bytes = bytes();
        Integer entry = entry();
        out.append(entry != null ? "entry " + entry : bytes == null ? "absent" : place(new String(bytes, ISO_8859_1)));
        for (VirtualJvm jvm : jvms) {
            ObservedState.SeenRow seen = jvm.observed().inTheWay(jvm.row());
            boolean there = seen != null && bytes != null && seen.digest().equals(RowFormat.digest(bytes));
            out.append(" j").append(there ? "T" : "");
        }
        fillers.forEach(filler -> out.append(" ").append(filler.picture()));
        writers.forEach(writer -> out.append(" ").append(writer.picture()));
        return out.toString();
    }

    /** A lock by the writers that hold it, whatever their deadlines; of a tombstone only that it is one. */
    private String place(String text) {
        if (!text.startsWith(RowFormat.LOCK)) {
            return "tombstone";
        }
        StringBuilder out = new StringBuilder("lock").append(text.charAt(RowFormat.LOCK.length()));
        for (int i = 0; i < writers.size(); i++) {
            out.append(
                    !writers.get(i).token.isEmpty() && text.contains("|" + writers.get(i).token + "=") ? "w" + i : "");
        }
        return out.toString();
    }

    @Override
    public void close() {
        store.close();
    }
}
