package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One atomic, idempotent step of the coherence protocol.
 *
 * <p>A row is absent, or holds an entry, a lock or a tombstone ({@link RowFormat} gives their bytes). An entry whose
 * version is not the shard's current one is dead and counts as absent; so does a lock whose tokens have all passed
 * their deadlines. A version that is absent is seeded by whichever step meets it, from the store's time in microseconds
 * (never from 0), and a counter that was lost can so never come back to a number that was used before. Deadlines are
 * measured by the store's own clock.
 *
 * <p>Each lock and each unlock of rows is given a number, the shard's last one plus one or the store's time in
 * microseconds, whichever is greater: no two are alike, so nothing that stands in a row ever comes back. The last number
 * in each slice of the shard tells of a row that is absent that it was not written for a while, also if whatever stood
 * there was evicted; where these numbers are lost themselves, every row counts as written just now.
 *
 * <p>A store whose memory is full takes every step but the storing of entries.
 *
 * <p>A backend tells the kinds apart by a {@link StepVisitor}.
 *
 * @param <R> the reply
 */
public sealed interface Step<R> {

    /** A step that changes nothing: what it replies is served. */
    sealed interface Read<R> extends Step<R> {}

    /** A step before a commit: a backend that waits for replicas waits for them here. */
    sealed interface Lock<R> extends Step<R> {}

    /** A step whose reply vouches for what is served later. */
    sealed interface Renew<R> extends Step<R> {}

    /** How long a lock holds when its owner does not take it out. */
    Duration LOCK_LEASE = Duration.ofSeconds(60);

    /** The latest time of a step that may be taken whenever it comes. */
    long ANY_TIME = 0;

    /** How long a tombstone keeps older transactions from filling a row. */
    Duration TOMBSTONE_LEASE = Duration.ofSeconds(60);

    /**
     * Returns the one row that the step changes.
     *
     * @return the row; null for a step of another kind
     */
    default @Nullable Row row() {
        return null;
    }

    /**
     * Returns the shard whose keys the step takes.
     *
     * @return the shard, also that of the row; null for a step on tables, and for one that only reads or stores a value
     */
    default @Nullable Shard shard() {
        Row row = row();
        return row == null ? null : row.shard();
    }

    /**
     * Returns the query clock whose keys the step takes.
     *
     * @return the clock; null for a step that is not about tables
     */
    default @Nullable Clock clock() {
        return null;
    }

    /**
     * Returns the tables whose records the step takes, in the query clock.
     *
     * @return their names; none for a step that is not about tables
     */
    default List<String> tables() {
        return List.of();
    }

    /**
     * Reads rows, each with its shard's version and region lock, all in one MGET: at one moment, or in their order, where the {@linkplain
     * Layout#readsInOrder layout} says so.
     *
     * @param rows the rows
     */
    record ReadRows(List<Row> rows) implements Read<List<RowState>> {}

    /**
     * Stores an entry that a transaction loaded, if the shard's version is the given one, no region lock stands, and
     * the row is dead, or holds exactly what the caller expects, or is absent without having been written since the
     * caller last learned of a write. That it was not is proven by its {@linkplain Row#slice() slice}: the last write there
     * has a number that is at most the given one, which is not above the shard's newest; or it is older than
     * {@link #TOMBSTONE_LEASE}. A live lock is never replaced. When an entry
     * of the {@linkplain RowFormat#sameValue same value} is there already, that counts as stored. When the store's memory
     * is full, nothing is stored; what is to be taken away or replaced is so all the same. An entry of an
     * {@linkplain RowFormat#isLater earlier version} of the row is replaced, if the caller may and the row was not written
     * since, proven as for an absent one: somebody has raised the version and told nobody.
     *
     * @param row the row
     * @param version the version that was known before the transaction began; it stands in the entry as well
     * @param written the number of the newest write in the shard that was known before the transaction began; 0 for none
     * @param entry the signed entry
     * @param timeout how long it stays; {@link Duration#ZERO} means until invalidated
     * @param expected the {@linkplain RowFormat#digest digest} of the tombstone or unreadable bytes that may be
     *     replaced, or null for none
     * @param told whether {@linkplain Backend#listen listeners} are told of an entry that is stored: what they keep of
     *     the row is not believed
     * @param inserted a token of its own when the transaction has inserted the row, or null: another entry of the current
     *     version, which can only be of a row that is gone, is then replaced by a tombstone with this token
     * @param latest the store's time, in microseconds, after which it is not taken any more; {@link #ANY_TIME} for none
     * @param replaces whether an entry of an earlier version of the row may be replaced
     */
    record PutRow(
            Row row,
            long version,
            long written,
            byte[] entry,
            Duration timeout,
            @Nullable String expected,
            boolean told,
            @Nullable String inserted,
            long latest,
            boolean replaces)
            implements Step<PutReply> {}

    /**
     * Returns the step that only takes away what stands in the place of a row that was inserted.
     *
     * @param row the row
     * @param token a token of its own
     * @return a step that stores nothing
     */
    static PutRow inserted(Row row, String token) {
        return new PutRow(row, 0, 0, new byte[0], Duration.ZERO, null, false, token, ANY_TIME, false);
    }

    /**
     * Replaces the row by a lock with this token and a deadline {@link #LOCK_LEASE} from now. When other live tokens
     * hold a lock there, joins them and marks the lock concurrent; a lock taken under a region lock is marked
     * concurrent too. A token that is there already gets the new deadline. Replies with the shard's version, and with
     * what stood there; the {@linkplain Replies#moment moment} tells the lock's number, by which {@link UnlockRow} knows
     * it again. One that comes too late changes nothing, and replies version 0.
     *
     * @param row the row
     * @param token who locks
     * @param expected the {@linkplain RowFormat#identity identity} of the entry from which the writer took the row's
     *     state, or null for none
     * @param latest the store's time, in microseconds, after which it is not taken any more; {@link #ANY_TIME} for none
     */
    record LockRow(Row row, String token, @Nullable String expected, long latest) implements Lock<LockReply> {

        /**
         * Creates a step that expects no entry, and is taken whenever it comes.
         *
         * @param row the row
         * @param token who locks
         */
        public LockRow(Row row, String token) {
            this(row, token, null, ANY_TIME);
        }
    }

    /**
     * Takes a token out of a row's lock. If it was the only one, the lock is the one with the given number and was never
     * concurrent, no region lock stands, the version is the given one, and there is an entry: stores the entry. If live
     * tokens remain: leaves them, marked concurrent. Otherwise, and when the store's memory is full, leaves a tombstone
     * with this token and this write's number for {@link #TOMBSTONE_LEASE}, also when the lock was lost. A row that holds
     * exactly this entry, or a tombstone of this token, already is left as it is. Replies whether the entry stands
     * afterwards; the {@linkplain Replies#moment moment} tells this write's number.
     *
     * @param row the row
     * @param token who unlocks
     * @param locked the number of the lock that {@link LockRow} took
     * @param version the version that {@link LockRow} replied
     * @param entry the new signed entry, or null for none
     * @param timeout how long the entry stays; {@link Duration#ZERO} means until invalidated
     */
    record UnlockRow(Row row, String token, long locked, long version, byte @Nullable [] entry, Duration timeout)
            implements Step<Boolean> {}

    /**
     * Returns the step that invalidates a row which nobody locked: unlocking with a token that holds nothing.
     *
     * @param row the row
     * @param token a token of its own
     * @return the step
     */
    static UnlockRow invalidate(Row row, String token) {
        return new UnlockRow(row, token, 0, 0, null, Duration.ZERO);
    }

    /**
     * Increments the version and sets a region lock with this token and a deadline {@link #LOCK_LEASE} from now, beside
     * those of others. Replies with the new version. One that comes too late changes nothing, and replies 0.
     *
     * @param shard the shard
     * @param token who locks
     * @param latest the store's time, in microseconds, after which it is not taken any more; {@link #ANY_TIME} for none
     */
    record LockShard(Shard shard, String token, long latest) implements Lock<Long> {}

    /**
     * Increments the version and takes the token out of the region lock; the last live token takes the lock with it.
     * Replies with the new version.
     *
     * @param shard the shard
     * @param token who unlocks
     */
    record UnlockShard(Shard shard, String token) implements Step<Long> {}

    /**
     * Increments the version, so that every entry of the shard is dead. Replies with the new version.
     *
     * @param shard the shard
     */
    record BumpVersion(Shard shard) implements Step<Long> {}

    /**
     * Reads the version, seeding it when absent.
     *
     * @param shard the shard
     */
    record ReadVersion(Shard shard) implements Step<Long> {}

    /**
     * Reads a query result together with its region's version, the query clock and the records of the tables it reads,
     * all in one MGET.
     *
     * @param region the query region's shard
     * @param resultKey the result's key under the version the caller knows
     * @param clock the query clock
     * @param tables the tables
     */
    record ReadQuery(Shard region, String resultKey, Clock clock, List<String> tables) implements Read<QueryState> {}

    /**
     * Stores a query result. Replies whether it did: not when the store's memory is full.
     *
     * @param resultKey its key
     * @param entry the signed result
     * @param timeout how long it stays; {@link Duration#ZERO} means until invalidated
     */
    record PutQuery(String resultKey, byte[] entry, Duration timeout) implements Step<Boolean> {}

    /**
     * Before a commit: increments the clock, and gives each table its new value and a token with a deadline
     * {@link #LOCK_LEASE} from now. Replies with the clock. One that comes too late changes nothing, and replies 0.
     *
     * @param clock the query clock
     * @param tables the tables about to change
     * @param token who writes
     * @param latest the store's time, in microseconds, after which it is not taken any more; {@link #ANY_TIME} for none
     */
    record LockTables(Clock clock, List<String> tables, String token, long latest) implements Lock<Long> {}

    /**
     * After completion: increments the clock, gives each table its new value, and takes the token out. Replies with the
     * clock.
     *
     * @param clock the query clock
     * @param tables the tables that changed
     * @param token who wrote
     */
    record UnlockTables(Clock clock, List<String> tables, String token) implements Step<Long> {}

    /**
     * Seeds records that are absent and takes out tokens past their deadlines, giving each table so treated the
     * incremented clock: neither a lost record nor an expiry ever validates an older result. Other tables are left as
     * they are. Replies with the clock.
     *
     * @param clock the query clock
     * @param tables the tables
     */
    record SettleTables(Clock clock, List<String> tables) implements Step<Long> {}

    /**
     * Makes every entry of the shard dead, by a version above every number that was used before, unless that was done
     * since the store's memory began: a server that was restarted, or took another's place, may hold older bytes than
     * it, or the other, has served. Replies with the version.
     *
     * @param shard the shard
     */
    record RenewShard(Shard shard) implements Renew<Long> {}

    /**
     * Gives the clock a value above every number that was used before, and that value to each table, unless that was
     * done since the store's memory began; a table that was left out then is given the incremented clock. Replies with
     * the clock.
     *
     * @param clock the query clock
     * @param tables the tables
     */
    record RenewTables(Clock clock, List<String> tables) implements Renew<Long> {}
}
