package dev.dorm.cache.backend;

import java.util.List;

/**
 * A table's record in the query clock.
 *
 * @param clock the clock at its last write; 0 when the record is absent or unreadable
 * @param tokens the writers whose locks are on it
 */
public record TableState(long clock, List<String> tokens) {

    /** The record of a table that has none. */
    public static final TableState ABSENT = new TableState(0, List.of());

    /**
     * Returns whether a result dated at a clock is still true of this table.
     *
     * @param stamp the result's date
     * @return true when the table has a record, is not locked, and was not written later
     */
    public boolean covers(long stamp) {
        return clock != 0 && tokens.isEmpty() && clock <= stamp;
    }
}
