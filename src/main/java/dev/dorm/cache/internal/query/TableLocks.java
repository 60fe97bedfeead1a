package dev.dorm.cache.internal.query;

import dev.dorm.cache.internal.store.Batch;
import dev.dorm.cache.internal.store.Tokens;
import dev.dorm.cache.internal.store.TransactionStart;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a session is changing: which it has announced to the query clock, and which it must release. From one
 * release to the next they have a token of their own, so that a release which comes late, or twice, takes no later lock
 * with it.
 */
public final class TableLocks {

    private Set<String> changing = Set.of();
    private Set<String> locked = Set.of();

    /** Those whose locks are known to stand. */
    private Set<String> acknowledged = Set.of();

    private @Nullable String token;

    /** When the first of those that stand was locked. */
    private long lockedAt;

    public void add(Collection<String> tables) {
        if (changing.isEmpty()) {
            // Not before: most sessions change nothing.
            changing = new LinkedHashSet<>();
            locked = new LinkedHashSet<>();
            acknowledged = new HashSet<>();
        }
        changing.addAll(tables);
    }

    public boolean isEmpty() {
        return changing.isEmpty();
    }

    public boolean contains(String table) {
        return changing.contains(table);
    }

    /** Adds the locks that must stand before the commit, and do not yet; of those that stand, one may soon be over. */
    public void lock(Batch batch, QueryClock clock) {
        if (!changing.isEmpty()) {
            if (clock.now() - lockedAt >= TransactionStart.FENCE.toNanos()) {
                acknowledged.clear();
            }
            List<String> fresh = changing.stream()
                    .filter(table -> !acknowledged.contains(table))
                    .toList();
            lockedAt = acknowledged.isEmpty() ? clock.now() : lockedAt;
            locked.addAll(fresh);
            clock.addLock(batch, fresh, token(), () -> acknowledged.addAll(fresh));
        }
    }

    /** Adds a lock on every table, and forgets them: their locks are left standing. */
    public void leave(Batch batch, QueryClock clock) {
        if (!changing.isEmpty()) {
            clock.addLock(batch, List.copyOf(changing), token(), () -> {});
        }
        forget();
    }

    public boolean anyLocked() {
        return !locked.isEmpty();
    }

    /** Adds the release of every table, and forgets them. */
    public void release(Batch batch, QueryClock clock) {
        if (!changing.isEmpty()) {
            boolean stand =
                    acknowledged.containsAll(changing) && clock.now() - lockedAt < TransactionStart.FENCE.toNanos();
            clock.addUnlock(batch, List.copyOf(changing), token(), !stand);
        }
        forget();
    }

    /** Forgets the tables, whose locks, if any, are left standing. */
    public void forget() {
        changing = Set.of();
        locked = Set.of();
        acknowledged = Set.of();
        token = null;
    }

    private String token() {
        String current = token;
        if (current == null) {
            current = Tokens.next();
            token = current;
        }
        return current;
    }
}
