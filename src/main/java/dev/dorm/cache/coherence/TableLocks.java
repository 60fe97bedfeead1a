package dev.dorm.cache.coherence;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a session is changing: which it has announced to the query clock, and which it must release. From one
 * release to the next they have a token of their own, so that a release which comes late, or twice, takes no later lock
 * with it.
 */
final class TableLocks {

    private Set<String> changing = Set.of();
    private Set<String> locked = Set.of();
    private @Nullable String token;

    void add(Collection<String> tables) {
        if (changing.isEmpty()) {
            // Not before: most sessions change nothing.
            changing = new LinkedHashSet<>();
            locked = new LinkedHashSet<>();
        }
        changing.addAll(tables);
    }

    boolean isEmpty() {
        return changing.isEmpty();
    }

    boolean contains(String table) {
        return changing.contains(table);
    }

    /** Adds the locks that must stand before the commit, and do not yet. */
    void lock(Batch batch, QueryClock clock) {
        if (!changing.isEmpty()) {
            List<String> fresh =
                    changing.stream().filter(table -> !locked.contains(table)).toList();
            locked.addAll(fresh);
            batch.lockTables(clock, fresh, token());
        }
    }

    /** Adds a lock on every table: a lock of a write that has failed may have passed its deadline. */
    void lockAll(Batch batch, QueryClock clock) {
        locked.addAll(changing);
        batch.lockTables(clock, List.copyOf(changing), token());
    }

    boolean anyLocked() {
        return !locked.isEmpty();
    }

    /** Adds the release of every table, and forgets them. */
    void release(Batch batch, QueryClock clock) {
        if (!changing.isEmpty()) {
            batch.unlockTables(clock, List.copyOf(changing), token());
        }
        forget();
    }

    /** Forgets the tables, whose locks, if any, are left standing. */
    void forget() {
        changing = Set.of();
        locked = Set.of();
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
