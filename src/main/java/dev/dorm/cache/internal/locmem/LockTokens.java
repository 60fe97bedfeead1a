package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a lock or a table's record, as far as they live.
 *
 * @param live the tokens, and what each holds
 * @param sound whether all that was written there is well formed
 * @param expired whether one of them has passed its deadline
 */
record LockTokens(SortedMap<String, Hold> live, boolean sound, boolean expired) {

    private static final Pattern TOKEN = Pattern.compile("([a-zA-Z0-9-]+)=(\\d{1,15})(?:\\.(\\d{0,18}))?");
    // A deadline further away was not written by us.
    private static final long FURTHEST = 2 * Step.LOCK_LEASE.toMillis();

    /**
     * A token's part in a lock.
     *
     * @param deadline when it ends, in milliseconds of the store's clock
     * @param write the number of the write that locked a row; 0 elsewhere
     */
    record Hold(long deadline, long write) {}

    /** Reads what follows the mark of a lock or the clock of a record. */
    static LockTokens of(String body, long now) {
        SortedMap<String, Hold> live = new TreeMap<>();
        boolean sound = true;
        boolean expired = false;
        for (String field : body.split("\\|")) {
            Matcher token = TOKEN.matcher(field);
            long deadline = token.matches() ? Long.parseLong(token.group(2)) : Long.MAX_VALUE;
            if (deadline > now + FURTHEST || live.size() == RowFormat.MOST_TOKENS) {
                sound &= field.isEmpty();
            } else if (deadline <= now) {
                expired = true;
            } else {
                live.putIfAbsent(token.group(1), new Hold(deadline, write(token.group(3))));
            }
        }
        return new LockTokens(live, sound, expired);
    }

    private static long write(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** Returns whether tokens other than this one live. */
    boolean othersThan(String token) {
        return live.size() > (live.containsKey(token) ? 1 : 0);
    }

    /** Returns the tokens as they are written. */
    static String written(Map<String, Hold> live) {
        StringBuilder out = new StringBuilder();
        live.forEach((token, hold) -> {
            out.append('|').append(token).append('=').append(hold.deadline);
            if (hold.write != 0) {
                out.append('.').append(hold.write);
            }
        });
        return out.toString();
    }
}
