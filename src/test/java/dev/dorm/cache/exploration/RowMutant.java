package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.signing.OpenResult;
import dev.dorm.cache.internal.signing.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of the row protocol, each of which an exploration must miss when it is taken away. */
enum RowMutant {

    /** Nothing is taken away. */
    NONE(null),

    /** A transaction puts on the strength of what was known when it began, not of what it learned since. */
    DATED_BY_ITS_BEGIN(null),

    /** A tombstone is replaced only by those who had seen it before they began. */
    TOMBSTONE((real, step) -> step instanceof Step.PutRow put ? overAnyTombstone(real, put) : null),

    /** The last of several lockers does not store its value. */
    CONCURRENT((real, step) -> {
        if (step instanceof Step.UnlockRow unlock) {
            alone(real, unlock.row(), unlock.token());
        }
        return null;
    }),

    /** A bulk write bumps the version when it unlocks. */
    BULK_BUMPS_AGAIN((real, step) -> step instanceof Step.UnlockShard unlock ? unlockOnly(real, unlock) : null),

    /** A row that is absent is filled only by those who knew of its last write before they began. */
    ABSENT_IS_NOT_UNWRITTEN((real, step) -> step instanceof Step.PutRow put ? proven(real, put) : null),

    /** An unlock counts as a write too, not the lock alone. */
    UNLOCK_IS_A_WRITE((real, step) -> step instanceof Step.UnlockRow unlock ? keepingSlices(real, unlock) : null),

    /** A put has a latest time. */
    PUT_HAS_A_LATEST_TIME((real, step) -> step instanceof Step.PutRow put ? whenever(real, put) : null),

    /** An unlock stores only over the very lock that it was told of. */
    UNLOCK_KNOWS_ITS_LOCK((real, step) -> step instanceof Step.UnlockRow unlock ? overAnyLock(real, unlock) : null),

    /** A tombstone has a name of its own. */
    TOMBSTONES_DO_NOT_RECUR((real, step) -> step instanceof Step.UnlockRow unlock ? named(real, unlock) : null),

    /** Of two entries the one that shows the later version of the row stays. */
    ONLY_A_LATER_VERSION_REPLACES((real, step) -> step instanceof Step.PutRow put ? alwaysLater(real, put) : null),

    /** An entry is replaced only by those who knew of the row's last write before they began. */
    REPLACING_IS_PROVEN(
            (real, step) -> step instanceof Step.PutRow put && holdsEntry(real, put) ? proven(real, put) : null),

    /** Whoever has written something replaces nothing: it may have been undone. */
    WHO_WRITES_REPLACES_NOTHING((real, step) -> step instanceof Step.PutRow put ? replacing(real, put) : null),

    /** What a transaction has loaded is put when it has committed. */
    PUT_WAITS_FOR_THE_COMMIT(null),

    /** A commit that failed leaves its locks. */
    FAILED_COMMIT_IS_NO_ROLLBACK(null),

    /** Unlock stores its value only under the version that it had locked. */
    VERSION_AT_UNLOCK((real, step) -> step instanceof Step.UnlockRow unlock ? underAnyVersion(real, unlock) : null),

    /** A lock taken under a region lock is concurrent. */
    REGION_LOCK_IS_CONCURRENT((real, step) -> {
        if (step instanceof Step.LockRow lock && real.get(lock.row().shard().lockKey()) != null) {
            Object reply = real.run(step);
            alone(real, lock.row(), lock.token());
            return reply;
        }
        return null;
    });

    private static final AtomicLong LATER = new AtomicLong(1_000_000);

    private final MutatedBackend.@Nullable Mutation mutation;

    RowMutant(MutatedBackend.@Nullable Mutation mutation) {
        this.mutation = mutation;
    }

    MutatedBackend.@Nullable Mutation mutation() {
        return mutation;
    }

    private static Object overAnyTombstone(Backend real, Step.PutRow put) {
        byte[] bytes = real.get(put.row().key());
        boolean tombstone = bytes != null && RowFormat.kind(bytes, put.version()) == Kind.TOMBSTONE;
        String expected = tombstone ? RowFormat.digest(bytes) : put.expected();
        return real.run(put(put, put.written(), expected, put.latest()));
    }

    private static Step.PutRow put(Step.PutRow put, long written, String expected, long latest) {
        return put(put, written, put.entry(), expected, latest, put.replaces());
    }

    private static Step.PutRow put(
            Step.PutRow put, long written, byte[] entry, String expected, long latest, boolean replaces) {
        return new Step.PutRow(
                put.row(),
                put.version(),
                written,
                entry,
                put.timeout(),
                expected,
                put.told(),
                put.inserted(),
                latest,
                replaces);
    }

    /** Says a version that is later than all that were said before. */
    private static Object alwaysLater(Backend real, Step.PutRow put) {
        String key = put.row().key();
        OpenResult opened = VirtualJvm.ENVELOPE.open(put.entry(), put.version(), key);
        byte[] entry = VirtualJvm.ENVELOPE.seal(
                put.version(), Stamp.at(put.latest(), LATER.incrementAndGet()), key, opened.body());
        return real.run(put(put, put.written(), entry, put.expected(), put.latest(), put.replaces()));
    }

    private static boolean holdsEntry(Backend real, Step.PutRow put) {
        byte[] bytes = real.get(put.row().key());
        return bytes != null && RowFormat.kind(bytes, put.version()) == Kind.ENTRY;
    }

    private static Object replacing(Backend real, Step.PutRow put) {
        return real.run(put(put, put.written(), put.entry(), put.expected(), put.latest(), true));
    }

    private static Object proven(Backend real, Step.PutRow put) {
        Step.ReadVersion now = new Step.ReadVersion(put.row().shard());
        long written = real.execute(List.of(now)).moment(now).written();
        return real.run(put(put, written, put.expected(), put.latest()));
    }

    private static Object whenever(Backend real, Step.PutRow put) {
        return real.run(put(put, put.written(), put.expected(), Step.ANY_TIME));
    }

    private static Object keepingSlices(Backend real, Step.UnlockRow unlock) {
        String key = unlock.row().shard().slicesKey();
        byte[] before = real.get(key);
        byte[] copy = before == null ? null : before.clone();
        Object reply = real.run(unlock);
        if (copy != null) {
            real.set(key, copy, Duration.ZERO);
        }
        return reply;
    }

    private static Object overAnyLock(Backend real, Step.UnlockRow unlock) {
        byte[] bytes = real.get(unlock.row().key());
        Matcher lock = Pattern.compile("\\|" + unlock.token() + "=\\d+\\.(\\d+)")
                .matcher(bytes == null ? "" : new String(bytes, ISO_8859_1));
        long locked = lock.find() ? Long.parseLong(lock.group(1)) : 0;
        return real.run(new Step.UnlockRow(
                unlock.row(), unlock.token(), locked, unlock.version(), unlock.entry(), unlock.timeout()));
    }

    private static Object named(Backend real, Step.UnlockRow unlock) {
        Object reply = real.run(unlock);
        String key = unlock.row().key();
        byte[] bytes = real.get(key);
        if (bytes != null && RowFormat.isTombstone(bytes, unlock.token())) {
            real.set(key, RowFormat.tombstone(unlock.token(), 0), Step.TOMBSTONE_LEASE);
        }
        return reply;
    }

    private static Object unlockOnly(Backend real, Step.UnlockShard unlock) {
        String key = unlock.shard().versionKey();
        byte[] before = real.get(key);
        Long reply = real.run(unlock);
        if (before == null) {
            return reply;
        }
        real.set(key, before, Duration.ZERO);
        return RowFormat.counter(before);
    }

    private static Object underAnyVersion(Backend real, Step.UnlockRow unlock) {
        Shard shard = unlock.row().shard();
        byte[] entry = unlock.entry();
        if (entry == null) {
            return real.run(unlock);
        }
        long now = real.run(new Step.ReadVersion(shard));
        String key = unlock.row().key();
        OpenResult opened = VirtualJvm.ENVELOPE.open(entry, unlock.version(), key);
        byte[] again = VirtualJvm.ENVELOPE.seal(now, Stamp.at(unlock.locked()), key, opened.body());
        return real.run(
                new Step.UnlockRow(unlock.row(), unlock.token(), unlock.locked(), now, again, unlock.timeout()));
    }

    /** Takes the mark of a concurrent lock away, when one writer holds it alone. */
    private static void alone(Backend real, Row row, String token) {
        byte[] bytes = real.get(row.key());
        String text = bytes == null ? "" : new String(bytes, ISO_8859_1);
        if (text.startsWith(RowFormat.LOCK + "1|" + token + "=")
                && text.lastIndexOf('|') == RowFormat.LOCK.length() + 1) {
            String alone = RowFormat.LOCK + "0" + text.substring(RowFormat.LOCK.length() + 1);
            real.set(row.key(), alone.getBytes(ISO_8859_1), Step.LOCK_LEASE);
        }
    }
}
