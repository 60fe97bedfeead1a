package dev.dorm.cache.coherence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState.Kind;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.signing.Opened;
import dev.dorm.cache.signing.Stamp;
import java.time.Duration;
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

    /** An eviction leaves the tombstone that the entry had replaced. */
    EVICTION_LEAVES_A_TOMBSTONE(null),

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
        return real.run(new Step.PutRow(put.row(), put.version(), put.entry(), put.timeout(), expected));
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
        Opened opened = VirtualJvm.ENVELOPE.open(entry, unlock.version(), key);
        byte[] again = VirtualJvm.ENVELOPE.seal(now, Stamp.at(unlock.locked()), key, opened.body());
        return real.run(new Step.UnlockRow(
                unlock.row(), unlock.token(), unlock.locked(), now, again, unlock.timeout()));
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
