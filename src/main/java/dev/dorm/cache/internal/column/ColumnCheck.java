package dev.dorm.cache.internal.column;

/** Whether a column gives back exactly the value that is written into it. What cannot be proved is not exact. */
public interface ColumnCheck {

    /** Of a column whose type holds every value of its Java type. */
    ColumnCheck ALWAYS = value -> true;

    /** Of a column that may round, pad or rewrite what it is given. */
    ColumnCheck NEVER = value -> false;

    /** Years in which the calendar of {@code java.util.Date} and that of {@code java.time} are the same. */
    int FIRST_YEAR = 1583;

    int LAST_YEAR = 9999;

    /** Returns whether the column gives back this value, which is not null and as the column's JDBC type takes it. */
    boolean gives(Object value);

    static boolean isYear(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }
}
