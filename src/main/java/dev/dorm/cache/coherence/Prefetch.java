package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a session is about to read: the first of them that is asked for brings the others along, in one round
 * trip.
 *
 * <p>Announcing a row costs nothing, and what was fetched is served once, only to the operation it was fetched for, and
 * judged as if it were read then. In a transaction a row may wait for a later operation, as those of a batch do: it was
 * read after the begin, so it is no older than what the transaction may see. As the session, an instance is used by one
 * thread at a time.
 */
final class Prefetch {

    /** So many rows does one round trip bring. */
    static final int AT_ONCE = 1_000;

    /** So many rows are announced at most; the others are read one by one. */
    static final int MAX = 10_000;

    private final Map<Row, Store> announced = new LinkedHashMap<>();
    private final Map<Row, RowState> fetched = new HashMap<>();
    private int operations;

    /** Says that an operation begins that announces rows and reads them before it ends. */
    void begin() {
        operations++;
    }

    void end() {
        operations--;
    }

    void announce(Store store, Row row) {
        if (announced.size() < MAX && !fetched.containsKey(row)) {
            announced.putIfAbsent(row, store);
        }
    }

    boolean knows(Row row) {
        return announced.containsKey(row) || fetched.containsKey(row);
    }

    boolean isEmpty() {
        return announced.isEmpty() && fetched.isEmpty();
    }

    /** Returns whether an operation is going on that announces what it reads. */
    boolean isUsed() {
        return operations > 0;
    }

    void forget() {
        announced.clear();
        fetched.clear();
    }

    /** Reads a row, and with it those announced, unless it has come along already; null in an outage. */
    @Nullable
    RowState read(Store store, Row row, @Nullable Trial trial) {
        RowState state = fetched.remove(row);
        if (state != null && !store.knowledge().outdates(row, state)) {
            return state;
        }
        Step.ReadRows step = new Step.ReadRows(due(store, row));
        Replies replies = store.tryRun(List.of(step), trial);
        if (replies == null) {
            announced.clear();
            return null;
        }
        List<RowState> states = replies.of(step);
        for (int i = 0; i < states.size(); i++) {
            Row each = step.rows().get(i);
            store.knowledge().saw(each, states.get(i));
            if (i > 0) {
                fetched.put(each, states.get(i));
            }
        }
        return states.get(0);
    }

    private List<Row> due(Store store, Row row) {
        if (announced.remove(row) == null) {
            return List.of(row);
        }
        List<Row> due = new ArrayList<>();
        due.add(row);
        Iterator<Map.Entry<Row, Store>> others = announced.entrySet().iterator();
        while (others.hasNext() && due.size() < AT_ONCE) {
            Map.Entry<Row, Store> other = others.next();
            if (other.getValue() == store) {
                due.add(other.getKey());
                others.remove();
            }
        }
        return due;
    }
}
