package dev.dorm.cache.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A database that remembers everything it ever held: the oracle. */
final class Database {

    /** How long a write waits for another's end. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

    /** What a commit made of a row; null when it is gone. */
    record State(int order, long at, @Nullable Cells cells) {}

    /** A statement or a commit that the database refuses. */
    static final class Conflict extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message, null, false, false);
        }
    }

    private final Scheduler scheduler;
    private final Map<String, List<State>> rows = new TreeMap<>();
    private final Map<String, Transaction> owners = new HashMap<>();
    private final List<Integer> tableCommits = new ArrayList<>();
    private int order;

    Database(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Puts a row there, before anything begins. */
    void fill(String row, Cells cells) {
        rows.computeIfAbsent(row, key -> new ArrayList<>()).add(new State(order, scheduler.now(), cells));
    }

    /** Returns how many commits there were. */
    int order() {
        return order;
    }

    /** Returns what a row has held, from the first to the last. */
    List<State> states(String row) {
        return rows.getOrDefault(row, List.of());
    }

    /** Returns by which commit a row came to hold that; 0 when by none. */
    int orderOf(String row, @Nullable Cells cells) {
        return states(row).stream()
                .filter(state -> cells != null && cells.equals(state.cells()))
                .mapToInt(State::order)
                .max()
                .orElse(0);
    }

    Set<String> rows() {
        return rows.keySet();
    }

    @Nullable
    Cells latest(String row) {
        List<State> states = states(row);
        return states.isEmpty() ? null : states.get(states.size() - 1).cells();
    }

    /** Returns the orders of the commits that have written the table. */
    List<Integer> tableCommits() {
        return tableCommits;
    }

    Transaction begin(boolean snapshot) {
        return new Transaction(snapshot);
    }

    /** One transaction: READ COMMITTED, or of one snapshot, taken with its first statement. */
    final class Transaction {

        private final boolean snapshot;
        private final Map<String, @Nullable Cells> written = new LinkedHashMap<>();
        private final Set<String> locked = new HashSet<>();
        private int seen = -1;
        private boolean table;

        private Transaction(boolean snapshot) {
            this.snapshot = snapshot;
        }

        private int seen() {
            if (seen < 0 || !snapshot) {
                seen = order;
            }
            return seen;
        }

        @Nullable
        Cells read(String row) {
            int upTo = seen();
            if (written.containsKey(row)) {
                return written.get(row);
            }
            Cells found = null;
            for (State state : states(row)) {
                if (state.order() <= upTo) {
                    found = state.cells();
                }
            }
            return found;
        }

        /** Returns how many commits it sees that have written the table. */
        int tableState() {
            int upTo = seen();
            return (int) tableCommits.stream().filter(each -> each <= upTo).count();
        }

        boolean hasWritten(String row) {
            return written.containsKey(row);
        }

        Set<String> written() {
            return written.keySet();
        }

        boolean writesTable() {
            return table;
        }

        /** Writes a row, as soon as no other transaction has written it. */
        void write(String row, UnaryOperator<@Nullable Cells> change) {
            int upTo = seen();
            if (!scheduler.await(
                    () -> !owners.containsKey(row) || owners.get(row) == this, scheduler.now() + LOCK_WAIT.toNanos())) {
                throw new Conflict("lock timeout on " + row);
            }
            owners.put(row, this);
            locked.add(row);
            List<State> states = states(row);
            if (snapshot && !states.isEmpty() && states.get(states.size() - 1).order() > upTo) {
                throw new Conflict("could not serialize access to " + row);
            }
            seen();
            Cells before = written.containsKey(row) ? written.get(row) : latest(row);
            written.put(row, change.apply(before));
            table = true;
        }

        /** Goes back to before the row was written; its lock stays. */
        void undo(String row) {
            written.remove(row);
            table = !written.isEmpty();
        }

        /** Commits; returns its order. */
        int commit() {
            if (table) {
                order++;
                written.forEach((row, cells) -> rows.computeIfAbsent(row, key -> new ArrayList<>())
                        .add(new State(order, scheduler.now(), cells)));
                tableCommits.add(order);
            }
            end();
            return order;
        }

        void rollback() {
            end();
        }

        private void end() {
            locked.forEach(row -> owners.remove(row, this));
            locked.clear();
            scheduler.wakeAll();
        }
    }
}
