package dev.dorm.cache.internal.row;

import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.Tokens;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** What sessions do to the rows of one namespace that they change, and evictions of rows. Thread-safe. */
public final class RowWrites {

    private final RowNamespace rows;
    private final RowEncoder encoder;

    RowWrites(RowNamespace rows, RowEncoder encoder) {
        this.rows = rows;
        this.encoder = encoder;
    }

    /**
     * Locks a row that the session is about to change.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @return the lock
     */
    public @Nullable SoftLock lock(RowSession context, @Nullable String id) {
        return id == null
                ? null
                : context.lock(rows, rows.row(id), encoder.writtenInParts() ? Proof.NONE : Proof.STATEMENT);
    }

    /**
     * Keeps a row that is about to change, and is not locked, from being served to its transaction.
     *
     * @param context the session's
     * @param id the row's rendered id, or null
     */
    public void hold(RowSession context, @Nullable String id) {
        if (id != null && context.inTransaction()) {
            context.knownRows().hold(rows, rows.row(id));
        }
    }

    /**
     * Takes note of a statement that has written a row: it decides whether {@link #unlock} may store what it leaves.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     * @param written what the statement wrote
     */
    public void wrote(RowSession context, @Nullable String id, Written written) {
        if (id != null) {
            context.knownRows().wrote(rows.row(id), written);
        }
    }

    /**
     * Takes note that a row was inserted: what stands in its place is dead, and goes when the transaction has committed.
     *
     * @param context the session's
     * @param id the row's rendered id, or null
     * @param proven whether the database gives back what was inserted, so that it may be cached
     */
    public void inserted(RowSession context, @Nullable String id, boolean proven) {
        if (id != null && context.inTransaction()) {
            context.knownRows().inserted(rows.row(id), new RowSession.Insertion(rows, proven));
        } else if (id != null) {
            Batch batch = new Batch();
            batch.put(RowEviction.of(rows, rows.row(id), Tokens.next()));
            batch.sendAfterCompletion();
        }
    }

    /**
     * Releases a row's lock when the transaction completes.
     *
     * @param context the session's
     * @param lock the lock
     * @param value what the row holds if the transaction commits; null for nothing that may be cached
     * @return whether a value is to be cached
     */
    public boolean unlock(RowSession context, SoftLock lock, @Nullable Object value) {
        RowBody body =
                value == null || context.readsPast() ? null : encoder.encode(value, ((RowLock) lock).row(), context);
        RowBody left = body == null || encoder.refuses(body) ? null : body;
        context.unlock(lock, left);
        return left != null;
    }

    /**
     * Says that nobody knows what a locked row holds after the commit, whatever {@link #unlock} is told.
     *
     * @param lock the lock
     */
    public void spoil(SoftLock lock) {
        ((RowLock) lock).spoil();
    }

    /**
     * Invalidates a row, which nobody locked, when the transaction completes.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     */
    public void invalidate(RowSession context, @Nullable String id) {
        if (id != null) {
            context.invalidate(rows, rows.row(id));
        }
    }

    /**
     * Says that a row was written, for sessions that write without a transaction.
     *
     * @param context the session's
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     */
    public void written(RowSession context, @Nullable String id) {
        if (id != null) {
            context.written(rows, rows.row(id));
        }
    }

    /**
     * Invalidates a row at once, or with the transaction that this thread is completing.
     *
     * @param id the row's rendered id; null for one that cannot be rendered, whose row is never cached
     */
    public void evict(@Nullable String id) {
        if (id != null) {
            Completing.evict(rows, rows.row(id));
        }
    }

    /** Makes every row dead at once. */
    public void evictAll() {
        Batch batch = new Batch();
        rows.layout().shards().forEach(shard -> batch.bump(rows.store(), shard));
        batch.sendAfterCompletion();
    }
}
