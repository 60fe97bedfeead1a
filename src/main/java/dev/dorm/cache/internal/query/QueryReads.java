package dev.dorm.cache.internal.query;

import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last query result a session has read: its SQL and region, and what came with it of the tables. */
public final class QueryReads {

    private @Nullable String sql;
    private @Nullable Counters counters;
    private @Nullable String askedEmptyHanded;
    private Map<String, TableState> tables = Map.of();
    private @Nullable ResultEntities result;
    private List<String> ownTables = List.of();
    private boolean near;
    private @Nullable Consumer<Map<String, TableState>> keeping;

    /** Says which result was asked for, and whether the session holds entities at that time. */
    void ask(String digest, boolean holdsEntities) {
        askedEmptyHanded = holdsEntities ? null : digest;
    }

    /** Returns, once, whether Hibernate may have left out of a result what the session held when it read it. */
    boolean mayLack(String digest) {
        boolean nothing = digest.equals(askedEmptyHanded);
        askedEmptyHanded = null;
        return !nothing;
    }

    /**
     * Takes note of a reading.
     *
     * @param query the SQL
     * @param states what came with the result of its tables
     * @param region where its region counts
     * @param kept whether it was kept in this process
     */
    void remember(String query, Map<String, TableState> states, Counters region, boolean kept) {
        near = kept;
        keeping = null;
        sql = query;
        counters = region;
        tables = states;
        result = null;
        ownTables = List.of();
    }

    /** Says that Hibernate, if it finds the result true, is going to turn it into entities, of these tables at least. */
    void open(ResultEntities entities, List<String> tablesOfEntities) {
        result = entities;
        ownTables = tablesOfEntities;
    }

    /** Says how the result is kept in this process, if what came with it finds it true. */
    void keep(Consumer<Map<String, TableState>> way) {
        keeping = way;
    }

    /**
     * Says that the result is true.
     *
     * @param states what was read of its tables
     * @param came whether it came with the result: what is read later was not asked for when the result's reading was sent
     */
    void found(Map<String, TableState> states, boolean came) {
        // Its entities are the session's from now on.
        askedEmptyHanded = null;
        if (keeping != null && came) {
            keeping.accept(states);
        }
        keeping = null;
    }

    /** Returns whether the result was kept in this process. */
    boolean isNear() {
        return near;
    }

    /** Returns all tables of the result that was read last, of which Hibernate knows some. */
    Collection<String> tablesWith(Collection<String> known) {
        if (known.containsAll(ownTables)) {
            return known;
        }
        Set<String> all = new LinkedHashSet<>(known);
        all.addAll(ownTables);
        return all;
    }

    /** Returns the result that Hibernate is turning into entities, or has done so last; null for none. */
    @Nullable
    public ResultEntities result() {
        return result;
    }

    public void close() {
        result = null;
    }

    @Nullable
    String sql() {
        return sql;
    }

    /** Returns where the region of the result counts; null before the first one. */
    @Nullable
    Counters counters() {
        return counters;
    }

    /** Returns what came with the result of a table, once: it is not to validate anything read later. */
    Map<String, TableState> take() {
        Map<String, TableState> states = tables;
        tables = Map.of();
        return states;
    }

    /** Returns what a reading says of each table. */
    static Map<String, TableState> states(List<String> reads, QueryState state) {
        Map<String, TableState> states = new LinkedHashMap<>();
        for (int i = 0; i < state.tables().size(); i++) {
            states.put(reads.get(i), state.tables().get(i));
        }
        return states;
    }
}
