package dev.dorm.cache.internal.query;

import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last query result a session has read: its SQL and region, and what came with it of the tables. */
public final class QueryReads {

    private @Nullable String sql;
    private @Nullable Counters counters;
    private @Nullable String askedEmptyHanded;
    private Map<String, TableState> tables = Map.of();
    private @Nullable ResultEntities result;
    private List<String> ownTables = List.of();

    /** Says which result was asked for, and whether the session holds entities at that time. */
    void ask(String digest, boolean holdsEntities) {
        askedEmptyHanded = holdsEntities ? null : digest;
    }

    /** Says that the result that was asked for is served: its entities are the session's from now on. */
    void serve() {
        askedEmptyHanded = null;
    }

    /** Returns, once, whether Hibernate may have left out of a result what the session held when it read it. */
    boolean mayLack(String digest) {
        boolean nothing = digest.equals(askedEmptyHanded);
        askedEmptyHanded = null;
        return !nothing;
    }

    void remember(String query, Map<String, TableState> states, Counters region) {
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
}
