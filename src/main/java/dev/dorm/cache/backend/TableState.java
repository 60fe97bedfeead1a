package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table's record in the query clock.
 *
 * @param clock the clock at its last write; 0 when the record is absent or unreadable
 * @param tokens the writers whose locks are on it
 */
public record TableState(long clock, List<String> tokens) {

    /** The record of a table that has none. */
    public static final TableState ABSENT = new TableState(0, List.of());

    private static final Pattern TOKEN = Pattern.compile("([a-zA-Z0-9-]+)=\\d{1,15}");

    /**
     * Reads a stored record.
     *
     * @param bytes the stored bytes, or null
     * @return what they say; {@link #ABSENT} when they are no record. Deadlines are not judged: a reader has not the
     *     store's clock, and a token past its deadline locks the table until {@link Step.SettleTables} has dated it
     */
    public static TableState of(byte @Nullable [] bytes) {
        String record = bytes == null ? "" : new String(bytes, ISO_8859_1);
        int bar = record.indexOf('|');
        String digits = bar < 0 ? record : record.substring(0, bar);
        long clock = RowFormat.counter(digits.getBytes(ISO_8859_1));
        if (clock == 0) {
            return ABSENT;
        }
        // One by one: a pattern for all of them takes a stack frame for each.
        List<String> tokens = new ArrayList<>();
        while (bar >= 0 && tokens.size() < RowFormat.MOST_TOKENS) {
            int next = record.indexOf('|', bar + 1);
            Matcher token = TOKEN.matcher(record).region(bar + 1, next < 0 ? record.length() : next);
            if (!token.matches()) {
                return ABSENT;
            }
            tokens.add(token.group(1));
            bar = next;
        }
        return new TableState(clock, List.copyOf(tokens));
    }

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
