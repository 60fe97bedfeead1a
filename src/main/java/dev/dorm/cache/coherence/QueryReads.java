package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.TableState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last query result a session has read: its SQL, and what came with it of the tables. */
final class QueryReads {

    private @Nullable String sql;
    private Map<String, TableState> tables = Map.of();
    private @Nullable ResultEntities result;

    void remember(String query, Map<String, TableState> states) {
        sql = query;
        tables = states;
        result = null;
    }

    /** Says that Hibernate, if it finds the result true, is going to turn it into entities. */
    void open(ResultEntities entities) {
        result = entities;
    }

    /** Returns the result that Hibernate is turning into entities, or has done so last; null for none. */
    @Nullable
    ResultEntities result() {
        return result;
    }

    void close() {
        result = null;
    }

    @Nullable
    String sql() {
        return sql;
    }

    /** Returns what came with the result of a table, once: it is not to validate anything read later. */
    Map<String, TableState> take() {
        Map<String, TableState> states = tables;
        tables = Map.of();
        return states;
    }
}
