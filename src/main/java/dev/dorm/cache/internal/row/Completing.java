package dev.dorm.cache.internal.row;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.Tokens;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Who completes a transaction on this thread: Hibernate evicts and unlocks regions without saying for whom. */
public final class Completing {

    private static final ThreadLocal<@Nullable WeakReference<RowSession>> HERE = new ThreadLocal<>();

    private Completing() {}

    /** Says that a session completes its transaction on this thread from now on. */
    public static void begin(RowSession session) {
        HERE.set(new WeakReference<>(session));
    }

    /** Says that nobody does any more. */
    public static void end() {
        HERE.remove();
    }

    /** Returns who completes a transaction on this thread, or null. */
    private static @Nullable RowSession session() {
        WeakReference<RowSession> reference = HERE.get();
        RowSession session = reference == null ? null : reference.get();
        return session != null && session.isCompleting() ? session : null;
    }

    /** Invalidates a row at once, or with the transaction that this thread is completing. */
    static void evict(RowNamespace rows, Row row) {
        RowSession completing = session();
        if (completing != null) {
            completing.invalidate(rows, row);
        } else {
            Batch batch = new Batch();
            rows.addInvalidation(batch, row, Tokens.next());
            batch.sendAfterCompletion();
        }
    }
}
