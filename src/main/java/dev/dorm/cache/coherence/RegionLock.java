package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock on all rows of a namespace during a bulk write.
 *
 * <p>Hibernate does not say for which session it locks a region, but it works on that session's thread, and mostly says
 * so right after ({@code BulkOperationCleanupAction}: {@code removeAll}). So the locks that a thread has asked for wait
 * until a session adopts them, or until the next commit on this thread, and all that a statement needs are sent
 * together.
 */
final class RegionLock implements SoftLock {

    private static final ThreadLocal<@Nullable List<RegionLock>> ASKED_FOR = new ThreadLocal<>();

    private final CachedRows rows;
    private final String token = Tokens.next();
    private boolean requested;
    private boolean adopted;

    private RegionLock(CachedRows rows) {
        this.rows = rows;
    }

    static RegionLock ask(CachedRows rows) {
        RegionLock lock = new RegionLock(rows);
        List<RegionLock> mine = ASKED_FOR.get();
        if (mine == null) {
            mine = new ArrayList<>();
            ASKED_FOR.set(mine);
        }
        mine.add(lock);
        return lock;
    }

    /** Takes the locks that this thread has asked for and no session has adopted. */
    static List<RegionLock> takeAskedFor() {
        List<RegionLock> mine = ASKED_FOR.get();
        if (mine == null) {
            return List.of();
        }
        ASKED_FOR.remove();
        mine.removeIf(RegionLock::adopted);
        return mine;
    }

    CachedRows rows() {
        return rows;
    }

    /** Says that somebody sees to the release: a session when its transaction completes, or one who has released it. */
    void adopt() {
        adopted = true;
    }

    boolean adopted() {
        return adopted;
    }

    /** Says that the lock was sent, whether or not it is acknowledged: it has to be taken out. */
    void request() {
        requested = true;
    }

    boolean requested() {
        return requested;
    }

    List<Step.LockShard> lock() {
        return rows.namespace().shards().stream()
                .map(shard -> new Step.LockShard(shard, token))
                .toList();
    }

    List<Step.UnlockShard> unlock() {
        return rows.namespace().shards().stream()
                .map(shard -> new Step.UnlockShard(shard, token))
                .toList();
    }
}
