package dev.dorm.cache.internal.key;

import dev.dorm.cache.internal.column.WrittenColumns.Definition;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.dialect.DB2Dialect;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.HSQLDialect;
import org.hibernate.dialect.SQLServerDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * How a column tells the ids that stand in it, as far as its mapping says so. Text and bytes are told by themselves, but
 * for the blanks of a {@code char(n)}, and where a collation or the database's padding decides.
 *
 * @param length how many characters a column of fixed length has; 0 for any other
 * @param blind whether blanks at the end make no difference to the database, however long the text is
 * @param moments what the column holds of a moment
 * @param zone in which it holds it; null for the JVM's own
 * @param obstacle why a value of the column cannot be told, or null
 */
record IdColumn(int length, boolean blind, Moments moments, @Nullable ZoneId zone, @Nullable String obstacle)
        implements OneValue.Moments {

    /** What a column holds of a moment. */
    enum Moments {
        /** The moment itself. */
        INSTANT,
        /** The date and time that a clock showed. */
        LOCAL,
        DATE,
        TIME
    }

    private static final Pattern FIXED = Pattern.compile(
            "(?:national\\s+)?(?:n?char|character|bpchar)\\s*(?:\\(\\s*(\\d+)[^)]*\\))?(?!\\s*varying).*");
    private static final Pattern FOLDED = Pattern.compile("citext.*|varchar_ignorecase.*|casespecific.*");
    private static final Pattern COLLATED = Pattern.compile(".*\\bcollate\\s+(\\S+).*");
    private static final Pattern BYTEWISE = Pattern.compile(".*_bin2?|binary|c|posix|ucs_basic");

    static IdColumn of(
            JdbcMapping type,
            Definition written,
            @Nullable SelectableMapping column,
            SessionFactoryImplementor factory) {
        String definition = written.type();
        Matcher collated = COLLATED.matcher(definition);
        @Nullable String collation = collated.matches() ? collated.group(1) : written.collation();
        if (FOLDED.matcher(definition).matches()
                || collation != null
                        && !BYTEWISE.matcher(collation.replaceAll("[\"'`]", "")).matches()) {
            return obstacle("an id's column compares text by the rules of a language ("
                    + (collation == null ? definition : "collate " + collation)
                    + "), so that the cache cannot tell which texts are one id");
        }
        Dialect dialect = factory.getJdbcServices().getDialect();
        Matcher fixed = FIXED.matcher(definition);
        if (fixed.matches()) {
            return fixed(fixed.group(1) == null ? 1 : Integer.parseInt(fixed.group(1)), dialect);
        }
        int code = type.getJdbcType().getDefaultSqlTypeCode();
        if (definition.isEmpty() && (code == SqlTypes.CHAR || code == SqlTypes.NCHAR)) {
            @Nullable Long length = column == null ? null : column.getLength();
            return fixed(length == null ? org.hibernate.Length.DEFAULT : Math.toIntExact(length), dialect);
        }
        return code == SqlTypes.BINARY && type.getJavaTypeDescriptor().getJavaTypeClass() == byte[].class
                ? obstacle("an id's column holds bytes of a fixed length; map it to VARBINARY")
                : new IdColumn(0, false, moments(code), zone(factory), null);
    }

    private static IdColumn obstacle(String why) {
        return new IdColumn(0, false, Moments.INSTANT, null, why);
    }

    private static @Nullable ZoneId zone(SessionFactoryImplementor factory) {
        @Nullable TimeZone zone = factory.getSessionFactoryOptions().getJdbcTimeZone();
        return zone == null ? null : zone.toZoneId();
    }

    private static Moments moments(int code) {
        return switch (code) {
            case SqlTypes.DATE -> Moments.DATE;
            case SqlTypes.TIME -> Moments.TIME;
            case SqlTypes.TIMESTAMP -> Moments.LOCAL;
            default -> Moments.INSTANT;
        };
    }

    /** These pad the shorter text before they compare; others do so at times, or never. */
    private static IdColumn fixed(int length, Dialect dialect) {
        return new IdColumn(
                length,
                dialect instanceof H2Dialect
                        || dialect instanceof HSQLDialect
                        || dialect instanceof DB2Dialect
                        || dialect instanceof SQLServerDialect,
                Moments.INSTANT,
                null,
                null);
    }

    @Override
    public String moment(Instant instant, @Nullable ZoneId own) {
        if (moments == Moments.INSTANT) {
            return instant.toString();
        }
        ZoneId clock = own != null ? own : zone != null ? zone : ZoneId.systemDefault();
        LocalDateTime local = LocalDateTime.ofInstant(instant, clock);
        return switch (moments) {
            case DATE -> local.toLocalDate().toString();
            case TIME -> local.toLocalTime().truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME);
            default -> local.toString();
        };
    }

    /** Returns what is equal for all that the database holds for one id. */
    Object told(Object given) throws UnsupportedValueException {
        Object value = OneValue.of(given, this);
        if (obstacle != null) {
            throw UnsupportedValueException.because(value.getClass(), obstacle);
        }
        if (length == 0 || !(value instanceof String text)) {
            return value;
        }
        String told = withoutBlanks(text);
        if (!blind && told.length() < length) {
            throw UnsupportedValueException.because(
                    String.class,
                    "an id is shorter than its column of " + length
                            + " characters, and whether blanks tell ids apart there depends on the database. Map it to"
                            + " VARCHAR");
        }
        return told;
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
