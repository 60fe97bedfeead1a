package dev.dorm.cache.internal.column;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import dev.dorm.cache.internal.value.ScalarCodecs;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.dialect.Dialect;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** The checks of columns, chosen by type and size. */
public final class ColumnChecks {

    /** What the types of texts are called that are not padded. */
    private static final Pattern VARYING =
            Pattern.compile("varchar|character varying|nvarchar|text|longtext|mediumtext", CASE_INSENSITIVE);

    private ColumnChecks() {}

    /** Returns the check of a column, as far as its mapping tells. */
    public static ColumnCheck of(SelectableMapping column, Schema schema) {
        if (column.isFormula() || isTransformed(column)) {
            return ColumnCheck.NEVER;
        }
        JdbcMapping mapping = column.getJdbcMapping();
        Class<?> type = ScalarCodecs.boxed(mapping.getJdbcJavaType().getJavaTypeClass());
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
                    : ColumnCheck.NEVER;
        }
        return switch (code) {
            case SqlTypes.NUMERIC, SqlTypes.DECIMAL -> DecimalChecks.of(type, size, dialect);
            case SqlTypes.DATE -> type == LocalDate.class ? ColumnChecks::isDate : ColumnCheck.NEVER;
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
            return type == Boolean.class && isText(code) ? ColumnCheck.NEVER : ColumnCheck.ALWAYS;
        }
        if (type == Byte.class || type == Short.class || type == Integer.class || type == Long.class) {
            return isWhole(code) ? ColumnCheck.ALWAYS : ColumnCheck.NEVER;
        }
        if (type == UUID.class) {
            return code == SqlTypes.UUID || code == SqlTypes.BINARY || isText(code)
                    ? ColumnCheck.ALWAYS
                    : ColumnCheck.NEVER;
        }
        if (type == byte[].class) {
            // A BINARY column pads; these take what they are given, or refuse it.
            return code == SqlTypes.VARBINARY
                            || code == SqlTypes.LONGVARBINARY
                            || code == SqlTypes.LONG32VARBINARY
                            || code == SqlTypes.BLOB
                    ? ColumnCheck.ALWAYS
                    : ColumnCheck.NEVER;
        }
        if (type == Double.class || type == Float.class) {
            boolean approximate = code == SqlTypes.DOUBLE || code == SqlTypes.FLOAT || code == SqlTypes.REAL;
            return approximate ? null : ColumnCheck.NEVER;
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
        return value instanceof LocalDate date && ColumnCheck.isYear(date.getYear());
    }
}
