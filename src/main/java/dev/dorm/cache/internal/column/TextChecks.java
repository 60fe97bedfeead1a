package dev.dorm.cache.internal.column;

import org.hibernate.dialect.DerbyDialect;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.HSQLDialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.OracleDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.type.SqlTypes;

/**
 * The columns of texts. A text that is too long is refused, or, where a database is not strict, cut; so is a character
 * that its encoding lacks, or it becomes a question mark.
 */
final class TextChecks {

    private TextChecks() {}

    static ColumnCheck of(Class<?> type, int code, ColumnSize size, Dialect dialect) {
        if (type == Float.class || type == Double.class) {
            return DecimalChecks.approximate(type, size, dialect);
        }
        if (type == Character.class) {
            return value -> isFixed(value.toString(), 1);
        }
        if (type != String.class) {
            return ColumnCheck.NEVER;
        }
        boolean encodes = dialect instanceof H2Dialect
                || dialect instanceof PostgreSQLDialect
                || dialect instanceof MySQLDialect
                || dialect instanceof HSQLDialect
                || dialect instanceof DerbyDialect;
        boolean cuts = dialect instanceof MySQLDialect;
        boolean empty = !(dialect instanceof OracleDialect);
        long length = size.length();
        return switch (code) {
            case SqlTypes.VARCHAR ->
                value -> isText((String) value, encodes, empty) && (!cuts || ((String) value).length() <= length);
            case SqlTypes.NVARCHAR ->
                value -> isText((String) value, true, empty) && (!cuts || ((String) value).length() <= length);
            case SqlTypes.LONGVARCHAR, SqlTypes.LONG32VARCHAR, SqlTypes.CLOB ->
                value -> isText((String) value, encodes, empty);
            case SqlTypes.LONGNVARCHAR, SqlTypes.LONG32NVARCHAR, SqlTypes.NCLOB ->
                value -> isText((String) value, true, empty);
            case SqlTypes.CHAR, SqlTypes.NCHAR -> value -> isFixed((String) value, length);
            case SqlTypes.ENUM, SqlTypes.NAMED_ENUM -> ColumnCheck.ALWAYS;
            default -> ColumnCheck.NEVER;
        };
    }

    /** A column of fixed length pads what is shorter; some databases cut spaces off again. */
    private static boolean isFixed(String text, long length) {
        return text.length() == length && isText(text, false, true) && text.charAt(text.length() - 1) != ' ';
    }

    private static boolean isText(String text, boolean encodes, boolean empty) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && !encodes) {
                return false;
            }
            if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i))) {
                return false;
            }
        }
        return empty || length > 0;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
