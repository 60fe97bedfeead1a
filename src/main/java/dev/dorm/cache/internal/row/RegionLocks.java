package dev.dorm.cache.internal.row;

import dev.dorm.cache.internal.hibernate.caller.RegionLockers;
import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.OutageBudget;
import java.util.List;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/**
 * The locks on all rows of some namespaces, for one write in bulk, and the session that they belong to.
 *
 * <p>Hibernate does not say for which session it locks a region. Some call {@code removeAll} with the session right after
 * ({@link RegionLockers}); who works for an event of a session is told {@linkplain #askedBy here} as long as it does. For
 * anybody else the locks are taken at once, and released with {@code unlockRegion}: no session that happens to commit on this
 * thread is theirs.
 *
 * <p>Used by the thread of the session.
 */
public final class RegionLocks implements SoftLock {

    /** The locks whose session is told by the next call. */
    private static final ThreadLocal<@Nullable RegionLocks> ASKED = new ThreadLocal<>();

    private static final ThreadLocal<@Nullable Owner> ASKING = new ThreadLocal<>();

    /** A session, which takes over the locks of its writes. */
    public interface Owner {

        /** Takes over locks: they are sent before it commits, and released when it completes. */
        void adopt(RegionLocks asked);
    }

    private final List<RegionLock> locks;
    private boolean adopted;

    private RegionLocks(List<RowNamespace> rows) {
        this.locks = rows.stream().map(RegionLock::new).toList();
    }

    /**
     * Asks for locks, which stand before the write that they are for can commit.
     *
     * @param rows the namespaces
     * @return the locks
     */
    public static RegionLocks ask(List<RowNamespace> rows) {
        RegionLocks asked = new RegionLocks(rows);
        Owner asking = ASKING.get();
        if (asking != null) {
            asking.adopt(asked);
        } else if (RegionLockers.sayTheSessionNext()) {
            ASKED.set(asked);
        } else {
            asked.take(null);
        }
        return asked;
    }

    /**
     * Gives the locks that were asked for last on this thread to the session that they are for.
     *
     * @param context the session's
     */
    public static void adopt(Owner context) {
        RegionLocks asked = ASKED.get();
        if (asked != null) {
            ASKED.remove();
            context.adopt(asked);
        }
    }

    /**
     * Does something that asks for locks on behalf of a session, and does not say so.
     *
     * @param context the session's
     * @param work what to do
     */
    public static void askedBy(Owner context, Runnable work) {
        Owner before = ASKING.get();
        ASKING.set(context);
        try {
            work.run();
        } finally {
            if (before == null) {
                ASKING.remove();
            } else {
                ASKING.set(before);
            }
        }
    }

    /** Releases the locks after the write has completed, unless a session does so. */
    public void release() {
        if (!adopted) {
            adopted = true;
            Batch batch = new Batch();
            locks.forEach(lock -> lock.addUnlock(batch, true));
            batch.sendAfterCompletion();
        }
    }

    /** Says that somebody sees to the release: a session when its transaction completes, or time. */
    public List<RegionLock> adopted() {
        adopted = true;
        return locks;
    }

    /** Takes the locks now. */
    public void take(@Nullable OutageBudget budget) {
        Batch batch = new Batch(budget);
        locks.forEach(lock -> lock.addLock(batch));
        batch.sendBeforeCommit();
    }
}
