package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of the query clock, each of which an exploration must miss when it is taken away. */
enum QueryMutant {

    /** Nothing is taken away. */
    NONE(null),

    /** A result is dated with the clock that was seen before its transaction began. */
    DATED_BY_ITS_BEGIN(null),

    /**
     * A result is dated before its transaction began, also if a settlement of its own process was under way then: the reply
     * to that tells a clock which others may have passed meanwhile.
     */
    NOT_DATED_BY_A_SETTLEMENT(null),

    /** A write is announced before it commits. */
    ANNOUNCED_BEFORE((real, step) -> step instanceof Step.LockTables lock ? clock(real, lock.clock()) : null),

    /** A write bumps the clock again once it is completed. */
    BUMPED_AFTER((real, step) -> {
        if (step instanceof Step.UnlockTables unlock) {
            unlock.tables().forEach(table -> forget(real, unlock.clock().tableKey(table), unlock.token()));
            return clock(real, unlock.clock());
        }
        return null;
    }),

    /** A commit that failed leaves its tables locked. */
    FAILED_COMMIT_IS_NO_ROLLBACK(null),

    /** Each lock has a token of its own. */
    TOKENS_DO_NOT_RECUR((real, step) -> recurring(real, step)),

    /** A record that was lost is newer than every result. */
    LOST_RECORD_IS_NEW((real, step) -> step instanceof Step.SettleTables settle ? settleAsOld(real, settle) : null),

    /** A clock that was lost goes on above all that it has shown. */
    LOST_CLOCK_GOES_ON((real, step) -> {
        if (step instanceof Step.SettleTables settle && real.get(settle.clock().key()) == null) {
            real.set(settle.clock().key(), new byte[] {'1'}, Duration.ZERO);
        }
        return null;
    }),

    /** A lock of a table is told to those who keep results over it. */
    LOCK_IS_TOLD(null),

    /** An unlock without a lock that stands is told to them. */
    LONE_UNLOCK_IS_TOLD(null),

    /** An expiry makes the table stale. */
    EXPIRY_BUMPS((real, step) -> step instanceof Step.SettleTables settle ? settleAsDated(real, settle) : null);

    private final MutatedBackend.@Nullable Mutation mutation;

    QueryMutant(MutatedBackend.@Nullable Mutation mutation) {
        this.mutation = mutation;
    }

    MutatedBackend.@Nullable Mutation mutation() {
        return mutation;
    }

    /** Returns whether a step tells nothing, for want of the rule. */
    boolean silences(Step<?> step) {
        return this == LOCK_IS_TOLD && step instanceof Step.LockTables
                || this == LONE_UNLOCK_IS_TOLD && step instanceof Step.UnlockTables;
    }

    private static Long clock(Backend real, Clock clock) {
        return RowFormat.counter(real.get(clock.key()));
    }

    private static @Nullable Object recurring(Backend real, Step<?> step) {
        if (step instanceof Step.LockTables lock) {
            return real.run(new Step.LockTables(lock.clock(), lock.tables(), "again", lock.latest()));
        }
        return step instanceof Step.UnlockTables unlock
                ? real.run(new Step.UnlockTables(unlock.clock(), unlock.tables(), "again"))
                : null;
    }

    private static Object settleAsOld(Backend real, Step.SettleTables settle) {
        List<String> lost = settle.tables().stream()
                .map(settle.clock()::tableKey)
                .filter(key -> real.get(key) == null)
                .toList();
        Long reply = real.run(settle);
        lost.forEach(key -> real.set(key, new byte[] {'1'}, Duration.ZERO));
        return reply;
    }

    private static Object settleAsDated(Backend real, Step.SettleTables settle) {
        Map<String, byte[]> before = real.getMany(
                settle.tables().stream().map(settle.clock()::tableKey).toList());
        Long reply = real.run(settle);
        before.forEach((key, bytes) -> {
            if (bytes == null) {
                return;
            }
            String date = new String(bytes, ISO_8859_1).replaceAll("\\|.*", "");
            String settled = new String(real.get(key), ISO_8859_1);
            real.set(key, settled.replaceAll("^\\d+", date).getBytes(ISO_8859_1), Duration.ZERO);
        });
        return reply;
    }

    /** Takes a token out of a record, and leaves its date. */
    private static void forget(Backend real, String key, String token) {
        byte[] bytes = real.get(key);
        if (bytes != null) {
            String text = new String(bytes, ISO_8859_1).replaceAll("\\|" + token + "=\\d+", "");
            real.set(key, text.getBytes(ISO_8859_1), Duration.ZERO);
        }
    }
}
