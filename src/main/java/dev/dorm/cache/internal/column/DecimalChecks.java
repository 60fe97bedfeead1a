package dev.dorm.cache.internal.column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Year;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.OracleDialect;

/** The columns of exact numbers: a value comes back with the scale of its column. */
final class DecimalChecks {

    private DecimalChecks() {}

    static ColumnCheck of(Class<?> type, ColumnSize size, Dialect dialect) {
        int precision = size.precision();
        int scale = size.scale();
        if (type == BigInteger.class || type == Year.class) {
            return scale >= 0 ? ColumnCheck.ALWAYS : ColumnCheck.NEVER;
        }
        if (type == Duration.class) {
            return scale == 0 ? ColumnCheck.ALWAYS : ColumnCheck.NEVER;
        }
        if (type != BigDecimal.class || precision < 0 || scale < 0) {
            return ColumnCheck.NEVER;
        }
        if (dialect instanceof OracleDialect) {
            // Its driver leaves out the zeros behind the point.
            return value -> fits((BigDecimal) value, precision, scale)
                    && (((BigDecimal) value).scale() == 0
                            || ((BigDecimal) value)
                                            .unscaledValue()
                                            .mod(BigInteger.TEN)
                                            .signum()
                                    != 0);
        }
        return value -> ((BigDecimal) value).scale() == scale && fits((BigDecimal) value, precision, scale);
    }

    private static boolean fits(BigDecimal number, int precision, int scale) {
        return number.scale() >= 0
                && number.scale() <= scale
                && number.precision() - number.scale() <= precision - scale;
    }

    /** Returns how many digits a number has that is printed so. */
    private static int digits(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision();
    }

    /** Returns the check of an approximate number: MySQL shows a FLOAT by six digits. */
    static ColumnCheck approximate(Class<?> type, ColumnSize size, Dialect dialect) {
        int bits = type == Float.class ? 24 : 53;
        if (size.precision() >= 0 && size.precision() < bits) {
            return ColumnCheck.NEVER;
        }
        boolean six = type == Float.class && dialect instanceof MySQLDialect;
        return value -> {
            double number = ((Number) value).doubleValue();
            boolean plain = Double.isFinite(number) && (number != 0 || Double.doubleToRawLongBits(number) == 0);
            return plain && (!six || digits(String.valueOf(value)) <= 6);
        };
    }
}
