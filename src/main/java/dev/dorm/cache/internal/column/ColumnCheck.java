package dev.dorm.cache.internal.column;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import dev.dorm.cache.internal.value.Leaves;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Whether a column gives back exactly the value that is written into it. What cannot be proved is not exact. */
public interface ColumnCheck {

    /** Of a column whose type holds every value of its Java type. */
    ColumnCheck ALWAYS = value -> true;

    /** Of a column that may round, pad or rewrite what it is given. */
    ColumnCheck NEVER = value -> false;

    /** Years in which the calendar of {@code java.util.Date} and that of {@code java.time} are the same. */
    int FIRST_YEAR = 1583;

    int LAST_YEAR = 9999;

    /** What the types of texts are called that are not padded. */
    Pattern VARYING = Pattern.compile("varchar|character varying|nvarchar|text|longtext|mediumtext", CASE_INSENSITIVE);

    /** Returns whether the column gives back this value, which is not null and as the column's JDBC type takes it. */
    boolean gives(Object value);

    /** Returns the check of a column, as far as its mapping tells. */
    static ColumnCheck of(SelectableMapping column, Schema schema) {
        if (column.isFormula() || isTransformed(column)) {
            return NEVER;
        }
        JdbcMapping mapping = column.getJdbcMapping();
        Class<?> type = Leaves.boxed(mapping.getJdbcJavaType().getJavaTypeClass());
        int code = mapping.getJdbcType().getDdlTypeCode();
        ColumnCheck plain = plain(type, code);
        if (plain != null) {
            return plain;
        }
        Dialect dialect = schema.dialect();
        ColumnSize size = new ColumnSize(column, dialect);
        String declared = schema.declared(column);
        if (declared != null) {
            // Only the database understands it; but these hold any text.
            return type == String.class
                            && code == SqlTypes.VARCHAR
                            && VARYING.matcher(declared).lookingAt()
                    ? TextChecks.of(type, SqlTypes.LONG32VARCHAR, size, dialect)
                    : NEVER;
        }
        return switch (code) {
            case SqlTypes.NUMERIC, SqlTypes.DECIMAL -> DecimalChecks.of(type, size, dialect);
            case SqlTypes.DATE -> type == LocalDate.class ? ColumnCheck::isDate : NEVER;
            case SqlTypes.TIME, SqlTypes.TIMESTAMP, SqlTypes.TIMESTAMP_UTC, SqlTypes.TIMESTAMP_WITH_TIMEZONE ->
                TimeChecks.of(type, code, size, schema.zones());
            default -> TextChecks.of(type, code, size, dialect);
        };
    }

    /** Whether an expression stands between the value and its column. Of itself Hibernate reads and writes the bare column. */
    private static boolean isTransformed(SelectableMapping column) {
        String read = column.getCustomReadExpression();
        String write = column.getCustomWriteExpression();
        return (write != null && !write.equals("?"))
                || (read != null && !isBare(read, column.getSelectionExpression()));
    }

    private static boolean isBare(String read, String column) {
        return read.endsWith("." + column)
                && read.chars().limit(read.length() - column.length()).noneMatch(c -> c == '(' || c == ' ');
    }

    /** Returns the check of a column whatever its size, or null when that matters. */
    private static @Nullable ColumnCheck plain(Class<?> type, int code) {
        if (type == Boolean.class || type.isEnum()) {
            return type == Boolean.class && isText(code) ? NEVER : ALWAYS;
        }
        if (type == Byte.class || type == Short.class || type == Integer.class || type == Long.class) {
            return isWhole(code) ? ALWAYS : NEVER;
        }
        if (type == UUID.class) {
            return code == SqlTypes.UUID || code == SqlTypes.BINARY || isText(code) ? ALWAYS : NEVER;
        }
        if (type == byte[].class) {
            // A BINARY column pads; these take what they are given, or refuse it.
            return code == SqlTypes.VARBINARY
                            || code == SqlTypes.LONGVARBINARY
                            || code == SqlTypes.LONG32VARBINARY
                            || code == SqlTypes.BLOB
                    ? ALWAYS
                    : NEVER;
        }
        if (type == Double.class || type == Float.class) {
            boolean approximate = code == SqlTypes.DOUBLE || code == SqlTypes.FLOAT || code == SqlTypes.REAL;
            return approximate ? null : NEVER;
        }
        return null;
    }

    private static boolean isText(int code) {
        return code == SqlTypes.VARCHAR || code == SqlTypes.CHAR;
    }

    private static boolean isWhole(int code) {
        return switch (code) {
            case SqlTypes.BIT,
                    SqlTypes.BOOLEAN,
                    SqlTypes.TINYINT,
                    SqlTypes.SMALLINT,
                    SqlTypes.INTEGER,
                    SqlTypes.BIGINT,
                    SqlTypes.NUMERIC,
                    SqlTypes.DECIMAL,
                    SqlTypes.ENUM,
                    SqlTypes.NAMED_ENUM,
                    SqlTypes.ORDINAL_ENUM,
                    SqlTypes.NAMED_ORDINAL_ENUM -> true;
            default -> false;
        };
    }

    private static boolean isDate(Object value) {
        return value instanceof LocalDate date && isYear(date.getYear());
    }

    static boolean isYear(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    /** Returns the check of an approximate number: MySQL shows a FLOAT by six digits. */
    static ColumnCheck approximate(Class<?> type, ColumnSize size, Dialect dialect) {
        int bits = type == Float.class ? 24 : 53;
        if (size.precision() >= 0 && size.precision() < bits) {
            return NEVER;
        }
        boolean six = type == Float.class && dialect instanceof MySQLDialect;
        return value -> {
            double number = ((Number) value).doubleValue();
            boolean plain = Double.isFinite(number) && (number != 0 || Double.doubleToRawLongBits(number) == 0);
            return plain && (!six || DecimalChecks.digits(String.valueOf(value)) <= 6);
        };
    }
}
