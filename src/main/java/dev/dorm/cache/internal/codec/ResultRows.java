package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.dynamic.Sharing;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a decoded query result, which know where their reader is: {@code JdbcValuesCacheHit.getCurrentRowValue}
 * gets the row from the list each time it wants a value of it. Used by one session.
 */
public final class ResultRows extends AbstractList<Object> implements RandomAccess {

    private final List<Object> rows;
    private final List<String> tables;
    private int current;

    /**
     * Takes the rows of a result.
     *
     * @param rows the values of each row, and last of all the number of results, which Hibernate keeps there
     */
    public ResultRows(List<Object> rows) {
        this(rows, List.of());
    }

    ResultRows(List<Object> rows, List<String> tables) {
        this.rows = rows;
        this.tables = tables;
    }

    /**
     * Returns the tables of the entities in the result, of which Hibernate does not know that the query reads them.
     *
     * @return their names; empty for all but native queries
     */
    public List<String> tables() {
        return tables;
    }

    /** Returns the same rows for another reader. */
    public ResultRows another() {
        return new ResultRows(rows, tables);
    }

    /** Returns whether nobody can change a value of theirs, or of what else Hibernate keeps among them. */
    boolean areImmutable(Predicate<Object> known) {
        return rows.stream()
                .allMatch(row -> known.test(row) || Arrays.stream(values(row)).allMatch(Sharing::immutable));
    }

    @Override
    public Object get(int index) {
        current = index;
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    /**
     * Returns the row that was last read.
     *
     * @return its values
     */
    public @Nullable Object[] current() {
        return rows.isEmpty() ? new Object[0] : values(rows.get(current));
    }

    /**
     * Returns the row that was last read and those behind it.
     *
     * @param most how many at most
     * @return the values of each; the last of all is the number of results, which Hibernate keeps there
     */
    public Iterable<@Nullable Object[]> fromCurrent(int most) {
        return () -> rows.subList(current, Math.min(rows.size(), current + most)).stream()
                .map(ResultRows::values)
                .iterator();
    }

    private static @Nullable Object[] values(Object row) {
        return row.getClass() == Object[].class ? (Object[]) row : new Object[] {row};
    }
}
