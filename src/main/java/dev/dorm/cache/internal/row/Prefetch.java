package dev.dorm.cache.internal.row;

import static java.util.Collections.emptyMap;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.near.NearStamp;
import dev.dorm.cache.internal.store.OutageBudget;
import dev.dorm.cache.internal.store.ResilientStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class Prefetch {

    /** So many rows does one round trip bring. */
    public static final int AT_ONCE = 1_000;

    /** So many rows are announced at most; the others are read one by one. */
    static final int MAX = 10_000;

    private static final Object UNREAD = new Object();
    private static final Object UNOWNED = new Object();

    // Mostly a row is read that nobody has announced.
    private Map<Row, ResilientStore> announced = emptyMap();
    private Map<Row, Found> fetched = emptyMap();
    // What waits for a later operation, whatever is read before that, and with which version of its owner it came.
    private Map<Row, Object> waiting = emptyMap();
    private int operations;

    /**
     * A row that was read.
     *
     * @param state what it holds
     * @param store where it was read
     * @param stamp what had been told of it before it was read; null when it is not to be kept in this process
     */
    record Found(RowState state, ResilientStore store, @Nullable NearStamp stamp) {}

    /** Says that an operation begins that announces rows and reads them before it ends. */
    public void begin() {
        operations++;
    }

    public void end() {
        operations--;
    }

    void announce(ResilientStore store, Row row) {
        if (announced.size() < MAX && !fetched.containsKey(row)) {
            announced = announced.isEmpty() ? new LinkedHashMap<>() : announced;
            announced.putIfAbsent(row, store);
        }
    }

    /** Announces a row that waits until the transaction completes, whatever else is read before it. */
    void expect(ResilientStore store, Row row, boolean owned) {
        fetched.remove(row);
        announce(store, row);
        if (announced.containsKey(row)) {
            waiting = waiting.isEmpty() ? new HashMap<>() : waiting;
            waiting.put(row, owned ? UNREAD : UNOWNED);
        }
    }

    /**
     * Says what the owner's row held that was read with what it owns; if there was nothing, the owner comes from the database, and
     * may be newer.
     */
    public void ownerRead(boolean hit, @Nullable Object version) {
        if (!waiting.isEmpty()) {
            if (hit) {
                waiting.replaceAll((row, owner) -> owner == UNREAD ? Optional.ofNullable(version) : owner);
            } else {
                waiting.entrySet().removeIf(each -> each.getValue() == UNREAD && drops(each.getKey()));
            }
        }
    }

    private boolean drops(Row row) {
        announced.remove(row);
        fetched.remove(row);
        return true;
    }

    /** Returns whether a row waits that came along with its owner's. */
    public boolean isOwned(Row row) {
        return waiting.get(row) instanceof Optional<?>;
    }

    /** Returns whether a row came along with that version of its owner; with another one it may be older than its owner. */
    public boolean cameWith(Row row, @Nullable Object version) {
        return Optional.ofNullable(version).equals(waiting.get(row));
    }

    /** Forgets a row. */
    public void drop(Row row) {
        waiting.remove(row);
        drops(row);
    }

    public boolean knows(Row row) {
        return announced.containsKey(row) || fetched.containsKey(row);
    }

    public boolean isEmpty() {
        return announced.isEmpty() && fetched.isEmpty();
    }

    /** Returns whether an operation is going on that announces what it reads. */
    public boolean isUsed() {
        return operations > 0;
    }

    /** Forgets what was announced and fetched, but for what was fetched and waits. */
    public void forget() {
        announced.clear();
        if (waiting.isEmpty()) {
            fetched.clear();
        } else {
            fetched.keySet().retainAll(waiting.keySet());
            waiting.keySet().retainAll(fetched.keySet());
        }
    }

    /** Says that time has passed: what came along is announced anew, to come along with what is read next. */
    void renew() {
        if (!fetched.isEmpty()) {
            Map<Row, Found> old = fetched;
            fetched = emptyMap();
            old.forEach((row, found) -> announce(found.store(), row));
        }
    }

    /** Reads a row, and with it those announced, unless it has come along already; null in an outage. */
    @Nullable
    Found read(ResilientStore store, Row row, @Nullable OutageBudget budget) {
        Found known = fetched.remove(row);
        if (known != null && !store.observed().outdates(row, known.state())) {
            return known;
        }
        if (known != null) {
            renew();
        }
        Step.ReadRows step = new Step.ReadRows(due(store, row));
        NearStamp stamp = store.near().stamp(row);
        List<@Nullable NearStamp> others = stamps(store, step.rows());
        Replies replies = store.tryRun(List.of(step), budget);
        if (replies == null) {
            announced.clear();
            return null;
        }
        List<RowState> states = replies.of(step);
        store.observed().saw(row, states.get(0));
        for (int i = 1; i < states.size(); i++) {
            Row each = step.rows().get(i);
            store.observed().saw(each, states.get(i));
            fetched = fetched.isEmpty() ? new HashMap<>() : fetched;
            fetched.put(each, new Found(states.get(i), store, others.get(i)));
        }
        return new Found(states.get(0), store, stamp);
    }

    /** Returns what had been told of rows, if there are more than the one that is asked for. */
    private static List<@Nullable NearStamp> stamps(ResilientStore store, List<Row> rows) {
        if (rows.size() == 1) {
            return List.of();
        }
        List<@Nullable NearStamp> stamps = new ArrayList<>(rows.size());
        rows.forEach(each -> stamps.add(store.near().stamp(each)));
        return stamps;
    }

    private List<Row> due(ResilientStore store, Row row) {
        if (announced.remove(row) == null) {
            return List.of(row);
        }
        List<Row> due = new ArrayList<>();
        due.add(row);
        Iterator<Map.Entry<Row, ResilientStore>> others = announced.entrySet().iterator();
        while (others.hasNext() && due.size() < AT_ONCE) {
            Map.Entry<Row, ResilientStore> other = others.next();
            if (other.getValue() == store) {
                due.add(other.getKey());
                others.remove();
            }
        }
        return due;
    }
}
