package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.near.Origin;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.function.Predicate;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A writer's hold on a row, from the first {@code lockItem} of its transaction to completion. */
public final class RowLock implements SoftLock {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final RowNamespace rows;
    private final Row row;
    private final String token;
    private final RowSession owner;
    private boolean acknowledged;
    private boolean spoilt;
    private long version;
    private long write;
    private long lockedAt;
    private @Nullable RowBody value;
    private final @Nullable Origin origin;
    private boolean unchanged;
    private Proof proof;
    private Object @Nullable [] state;

    /**
     * Creates a lock that was not taken yet.
     *
     * @param origin the entry from which the session took the row's state, or null
     * @param proof what proves the state that it leaves, before a statement is taken note of
     */
    public RowLock(RowNamespace rows, Row row, String token, RowSession owner, @Nullable Origin origin, Proof proof) {
        this.origin = origin;
        this.proof = proof;
        this.rows = rows;
        this.row = row;
        this.token = token;
        this.owner = owner;
    }

    public Row row() {
        return row;
    }

    public RowSession owner() {
        return owner;
    }

    /** Returns the identity of the entry that should stand in the row's place until the lock. */
    @Nullable
    public String expected() {
        return origin == null ? null : origin.identity();
    }

    /**
     * Says that the lock stands, and which number it has now. The version of the first time is the one that unlock
     * compares.
     *
     * @param sent when it was sent: the reply may have waited for its session
     */
    public void acknowledge(LockReply reply, long number, long sent) {
        if (!acknowledged) {
            version = reply.version();
            unchanged = reply.found();
        } else {
            unchanged = unchanged && reply.kept();
        }
        acknowledged = true;
        write = number;
        lockedAt = sent;
    }

    /** Returns whether the lock must be taken, or taken again, before a commit at {@code now}. */
    public boolean wanting(long now) {
        return !acknowledged || now - lockedAt >= TransactionStart.FENCE.toNanos();
    }

    /** Returns the number by which the lock is known again. */
    public long write() {
        return write;
    }

    public long version() {
        return version;
    }

    /** Takes note of a statement that has written the row. */
    public void wrote(Written written) {
        try {
            judge(written);
        } catch (RuntimeException e) {
            // Values are compared by the application's own code, and a write must not fail for what is cached of it.
            LOG.debug("What was written to {} proves nothing", row.key(), e);
            proof = Proof.NONE;
            state = written.after();
        }
    }

    private void judge(Written written) {
        if (written.whole()) {
            proof = Proof.STATEMENT;
        } else if (!written.exact()) {
            proof = Proof.NONE;
        } else if (state == null) {
            proof = origin != null && written.beganWith(origin.value()) ? Proof.ENTRY : Proof.NONE;
        } else if (written.before() != state) {
            proof = Proof.NONE;
        }
        state = written.after();
    }

    /** Takes note that Hibernate has locked the row for something else than an update: a version may have been raised. */
    public void touched() {
        if (state != null) {
            proof = Proof.NONE;
        }
    }

    /** Says what the row holds once the transaction has committed; null for nothing that may be cached. */
    public void leave(@Nullable RowBody body) {
        value = body;
    }

    /** Says that nobody knows what the row holds then. */
    void spoil() {
        spoilt = true;
    }

    /** Returns the entry's body that unlock may store: none when the lock never stood, or nothing proves it. */
    public @Nullable RowBody value() {
        boolean proven = proof == Proof.STATEMENT || (proof == Proof.ENTRY && unchanged);
        return acknowledged && proven && !spoilt ? value : null;
    }

    /** Adds the step that takes the lock. */
    public void addLock(Batch batch) {
        batch.add(rows.store(), locking(batch.latest(rows.store(), row.shard().versionKey())));
    }

    private Batch.Sent again() {
        return locking(Batch.latestNow(rows.store(), row.shard().versionKey()));
    }

    private Batch.Sent locking(long latest) {
        ResilientStore store = rows.store();
        Shard shard = row.shard();
        Step.LockRow step = new Step.LockRow(row, token, expected(), latest);
        long sent = store.observed().now();
        Predicate<Replies> replied = replies -> {
            LockReply reply = replies.of(step);
            if (reply.version() == 0) {
                return false;
            }
            store.observed().sawVersion(shard, reply.version());
            rows.counters().count(Counter.LOCK);
            acknowledge(reply, replies.moment(step).written(), sent);
            return true;
        };
        return new Batch.Sent(step, replied, rows.strict(), true, this::again);
    }

    /** Adds the step that releases the lock, after a transaction that was successful or not. */
    public void addUnlock(Batch batch, boolean successful) {
        RowBody body = successful ? value() : null;
        byte[] entry = body == null ? null : rows.seal(row, version, write, body);
        boolean stands = !wanting(rows.store().observed().now());
        rows.addUnlock(
                batch,
                new Step.UnlockRow(
                        row, token, write, version, entry, rows.lifetime().next()),
                !stands);
    }
}
