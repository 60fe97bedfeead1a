package dev.dorm.cache.internal.hibernate;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a result that Hibernate would take for others when they come from a cache.
 *
 * <p>Hibernate: {@code JdbcValuesCacheHit.getCurrentRowValue} of 6.6 fails on a row that is null, and from 7.0 on takes one
 * whose only value is an array for an array of values. One value in an array is the same to every version.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code QueryValuesIT#isServedAsTheDatabaseAnswers} stays green without it.
 */
public final class MistakenRows {

    private MistakenRows() {}

    /** Returns a row as every version takes it for what it is. */
    public static Object unmistakable(@Nullable Object row) {
        return row == null || (row instanceof Object[] && row.getClass() != Object[].class) ? new Object[] {row} : row;
    }
}
