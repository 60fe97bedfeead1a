package dev.dorm.cache.coherence;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tables that a session is changing: which it has announced to the query clock, and which it must release. */
final class TableLocks {

    private Set<String> changing = Set.of();
    private Set<String> locked = Set.of();

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

    /** Returns the tables that have to be locked before the commit, and takes them for locked. */
    List<String> toLock() {
        if (changing.isEmpty()) {
            return List.of();
        }
        List<String> fresh =
                changing.stream().filter(table -> !locked.contains(table)).toList();
        locked.addAll(fresh);
        return fresh;
    }

    boolean anyLocked() {
        return !locked.isEmpty();
    }

    /** Returns every table, all of which are to be released, and forgets them. */
    List<String> release() {
        List<String> all = List.copyOf(changing);
        changing = Set.of();
        locked = Set.of();
        return all;
    }
}
