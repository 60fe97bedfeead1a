package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.internal.row.RowLock;
import dev.dorm.cache.internal.signing.OpenResult;
import dev.dorm.cache.internal.store.ObservedState;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a row's world looks like, as far as its future depends on it. Versions and tombstones are compared for being
 * the current ones only, values for their order, and times to the second.
 */
final class RowPicture {

    private final RowWorld world;
    private final long version;
    private final byte @Nullable [] row;
    private final @Nullable Kind kind;
    private final Map<Integer, Long> rowTokens = new TreeMap<>();
    private final Map<Integer, Long> regionTokens = new TreeMap<>();
    private final boolean concurrent;
    private final @Nullable Integer entry;
    private final long left;

    /** The number of the row's last write, 0 when it is lost; for how long it matters; and whether the newest is lost. */
    private final long written;

    private final long writtenLeft;
    private final boolean newestLost;
    private final boolean spentRegion;
    private final Map<Integer, Long> numbers = new TreeMap<>();

    private RowPicture(RowWorld world) {
        this.world = world;
        VirtualJvm any = world.jvms.get(0);
        String key = any.row().key();
        Backend backend = world.store.backend();
        Map<String, byte[]> found = backend.getMany(List.of(
                any.shard().versionKey(),
                any.shard().lockKey(),
                any.shard().writtenKey(),
                any.shard().slicesKey(),
                key));
        this.version = RowFormat.counter(found.get(any.shard().versionKey()));
        byte[] bytes = found.get(key);
        boolean spent = bytes != null && RowFormat.kind(bytes, version) == Kind.LOCK && !tokens(bytes, rowTokens);
        this.row = spent ? null : bytes;
        this.kind = row == null ? null : RowFormat.kind(row, version);
        this.concurrent = kind == Kind.LOCK && row[RowFormat.LOCK.length()] == '1';
        byte[] region = found.get(any.shard().lockKey());
        this.spentRegion = region != null && !tokens(region, regionTokens);
        this.entry = kind == Kind.ENTRY ? open(row, version, key) : null;
        this.left = row == null || kind == Kind.LOCK
                ? 0
                : seconds(world.store.left(key).toNanos());
        byte[] slices = found.get(any.shard().slicesKey());
        int at = 16 * any.row().slice();
        this.written = slices == null ? 0 : Long.parseLong(new String(slices, at, 16, ISO_8859_1));
        this.newestLost = !found.containsKey(any.shard().writtenKey());
        long micros = 1000 * world.store.millis();
        this.writtenLeft = written == 0 ? 0 : Math.max(0, seconds(1000 * (written - micros) + 60_000_000_000L));
    }

    static RowPicture of(RowWorld world) {
        return new RowPicture(world);
    }

    private static long seconds(long nanos) {
        return Math.round(nanos / 1e9);
    }

    /** Reads who holds a lock, for how many seconds; false when nobody does any more. */
    private boolean tokens(byte[] lock, Map<Integer, Long> into) {
        for (String field : new String(lock, ISO_8859_1)
                .substring(RowFormat.LOCK.length() + 1)
                .split("\\|")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                String[] held = field.substring(equals + 1).split("\\.");
                long millis = Long.parseLong(held[0]) - world.store.millis();
                if (millis > 0) {
                    int writer = world.writerOf.getOrDefault(field.substring(0, equals), -1);
                    into.put(writer, Math.round(millis / 1e3));
                    if (held.length > 1) {
                        numbers.put(writer, Long.parseLong(held[1]) + world.store.ahead());
                    }
                }
            }
        }
        return !into.isEmpty();
    }

    static Integer open(byte[] bytes, long version, String key) {
        OpenResult opened = VirtualJvm.ENVELOPE.open(bytes, version, key);
        return opened.accepted()
                ? VirtualJvm.Numbers.decode(opened.bytes(), opened.offset(), opened.length())
                : Integer.valueOf(-1);
    }

    /** Returns whether a writer has a lock on the row, or on its region. */
    boolean locks(int writer) {
        return rowTokens.containsKey(writer) || regionTokens.containsKey(writer);
    }

    @Nullable
    Integer entry() {
        return entry;
    }

    boolean holdsEntry() {
        return kind == Kind.ENTRY;
    }

    /** Returns what a reader would be given now, or null. */
    @Nullable
    Integer value() {
        return regionTokens.isEmpty() ? entry : null;
    }

    /** Returns when the next thing in the store ends by itself, or null. */
    @Nullable
    Duration nextDeadline() {
        TreeSet<Long> deadlines = new TreeSet<>(rowTokens.values());
        deadlines.addAll(regionTokens.values());
        deadlines.add(left);
        deadlines.add(writtenLeft);
        Long next = deadlines.higher(0L);
        return next == null ? null : Duration.ofSeconds(next);
    }

    /** Returns the least of the texts that the symmetries of the scope make of this picture. */
    String state() {
        String least = null;
        for (Symmetry symmetry : world.symmetries) {
            String text = text(symmetry);
            least = least == null || text.compareTo(least) < 0 ? text : least;
        }
        return least;
    }

    private String text(Symmetry as) {
        Ranks values = values();
        StringBuilder out = new StringBuilder();
        out.append(kind == null ? "A" : kind.name().charAt(0) + (kind == Kind.DEAD ? "D" : ""));
        out.append(concurrent ? "!" : "").append(as.tokens(rowTokens)).append(left);
        out.append(entry == null ? "" : "=" + values.of(entry));
        out.append('R').append(as.tokens(regionTokens)).append(version == 0 ? "?" : "");
        out.append(spentRegion ? "s" : "").append('W').append(writtenLeft);
        out.append(written == 0 ? "?" : "")
                .append(newestLost ? "!" : "")
                .append('C')
                .append(values.of(world.committed));
        out.append(world.scope.comparesVersions() ? "t" + world.told : "");
        out.append('b').append(world.flushes).append(world.rollbacks).append(world.waits);
        out.append(world.losses).append(world.copies).append(world.raises);
        for (int j : as.jvms()) {
            VirtualJvm jvm = world.jvms.get(j);
            ObservedState.SeenRow seen = jvm.observed().inTheWay(jvm.row());
            // It was seen later than it was left, and so is forgotten later than it ends.
            out.append('J').append(current(jvm.observed().version(jvm.shard())));
            out.append(seen == null ? "" : mark(seen.digest()));
            out.append(proof(jvm.observed().writeBefore(jvm.shard(), new TransactionStart(now() + 1, 0))));
            out.append(standing(jvm, values)).append(jvm.isLive() ? "L" : "");
            if (world.scope.settling()) {
                out.append('Q').append(SentPicture.settling(this, world, jvm).each(as, values));
            }
        }
        for (int r : as.readers()) {
            reader(out.append('r'), world.readers.get(r), values);
        }
        for (int w : as.writers()) {
            writer(out.append('w'), w, values);
        }
        if (world.copies > 0) {
            out.append(SentPicture.of(this, world).text(as, values));
        }
        return out.toString();
    }

    private void reader(StringBuilder out, RowReader reader, Ranks values) {
        out.append(reader.phase.ordinal()).append(reader.left);
        out.append(reader.holdsRow() ? "=" + values.of(reader.snapshot) : "");
        if (reader.context == null) {
            return;
        }
        TransactionStart began = reader.context.began();
        boolean young = began.young(now(), world.scope.shortest());
        out.append(young ? "y" + seconds(now() - began.at()) : "o");
        if (reader.phase == RowReader.Phase.BEGUN) {
            out.append('f').append(values.of(reader.floor));
        }
        if (!young) {
            // Nothing of it is stored any more, but it may still learn the version.
            out.append(reader.phase != RowReader.Phase.PUT && reader.versionBefore() == 0 ? "0" : "");
            return;
        }
        if (reader.phase == RowReader.Phase.PUT) {
            // Refused for its version, it only teaches the current one.
            out.append(current(reader.version));
            if (fills(reader)) {
                out.append(reader.expected == null ? "" : mark(reader.expected)).append(values.of(reader.snapshot));
                out.append(proof(reader.writeBefore()));
            }
        } else {
            out.append(current(reader.versionBefore()));
            out.append(reader.sawSinceItBegan() ? "after" : "").append(values.of(reader.snapshot));
            out.append(proof(reader.writeBefore()));
        }
    }

    private boolean fills(RowReader reader) {
        return reader.phase != RowReader.Phase.PUT || reader.version != 0 && reader.version == version;
    }

    private boolean stores(int w) {
        RowWriter writer = world.writers.get(w);
        return writer.phase == RowWriter.Phase.COMMITTED
                && writer.kind.leavesValue()
                && (writer.version() == version || world.scope.mutant() != RowMutant.NONE);
    }

    /** Returns whether what the writer is about to store is there already, but dead: its unlock then leaves it so. */
    private boolean standsDead(RowWriter writer) {
        return kind == Kind.DEAD
                && writer.phase == RowWriter.Phase.COMMITTED
                && writer.kind.leavesValue()
                && open(row, writer.version(), world.jvms.get(0).row().key()) == writer.value;
    }

    private void writer(StringBuilder out, int w, Ranks values) {
        RowWriter writer = world.writers.get(w);
        boolean gone =
                writer.phase == RowWriter.Phase.DEAD && !rowTokens.containsKey(w) && !regionTokens.containsKey(w);
        out.append(gone ? RowWriter.Phase.DONE.ordinal() : writer.phase.ordinal());
        out.append(!writer.underWay() && writer.inFlushWindow() ? "F" : "");
        if (writer.underWay()) {
            out.append(current(writer.version())).append(writer.flushed ? "F" : "");
            out.append(stores(w) ? values.of(writer.value) : "").append(standsDead(writer) ? "=" : "");
            out.append(writer.lock instanceof RowLock mine && knows(w, mine.write()) ? "#" : "");
            out.append(writer.waits() ? seconds(now() - writer.lockedAt) : "");
        }
    }

    private Ranks values() {
        return world.scope.comparesVersions() ? Ranks.NONE : Ranks.of(known());
    }

    /** Returns the values that somebody may yet be given, or store. */
    private List<Integer> known() {
        List<Integer> all = new ArrayList<>(List.of(world.committed));
        if (entry != null) {
            all.add(entry);
        }
        for (RowReader reader : world.readers) {
            if (reader.phase == RowReader.Phase.BEGUN) {
                all.add(reader.floor);
            }
            if (reader.context != null
                    && fills(reader)
                    && reader.context.began().young(now(), world.scope.shortest())) {
                all.add(reader.snapshot);
            }
        }
        for (int w = 0; w < world.writers.size(); w++) {
            if (stores(w)) {
                all.add(world.writers.get(w).value);
            }
        }
        for (VirtualJvm jvm : world.jvms) {
            all.addAll(SentPicture.settling(this, world, jvm).values());
        }
        if (world.copies > 0) {
            all.addAll(SentPicture.of(this, world).values());
        }
        return all;
    }

    /** Tells which of these values a JVM knows to stand, so that nobody there puts them again. */
    private String standing(VirtualJvm jvm, Ranks values) {
        long under = jvm.observed().version(jvm.shard());
        StringBuilder out = new StringBuilder();
        for (int value : new TreeSet<>(known())) {
            int hash = Arrays.hashCode(new VirtualJvm.Numbers(false).encode(value));
            out.append(jvm.observed().stands(jvm.row(), under, hash) ? "S" + values.of(value) : "");
        }
        return out.toString();
    }

    /** Returns whether a writer's lock stands, and is the one with a number. */
    boolean knows(int writer, long number) {
        return numbers.getOrDefault(writer, 0L) == number;
    }

    long version() {
        return version;
    }

    byte @Nullable [] row() {
        return row;
    }

    /** Somebody knows of the row's last write, or does not; who knew too much, does not either. */
    String proof(long known) {
        return written != 0 && known >= written + world.store.ahead() ? "+" : "";
    }

    private long now() {
        return world.ticker.getAsLong();
    }

    /** A version is the current one or will never be; or it is not known, and nothing can be put under it. */
    private String current(long known) {
        return known == 0 ? "0" : known == version ? "+" : "-";
    }

    /** A tombstone stands, or is as good as never seen: none comes back. */
    String mark(String digest) {
        if (world.scope.mutant() == RowMutant.TOMBSTONES_DO_NOT_RECUR) {
            return named(digest);
        }
        return row != null && digest.equals(RowFormat.digest(row)) ? "T" : "";
    }

    /** Tells whose tombstone was seen: where tombstones come back, one that is gone is not as good as never seen. */
    private String named(String digest) {
        for (Map.Entry<String, Integer> each : world.writerOf.entrySet()) {
            if (digest.equals(RowFormat.digest(RowFormat.tombstone(each.getKey(), 0)))) {
                return "T" + each.getValue();
            }
        }
        return "";
    }
}
