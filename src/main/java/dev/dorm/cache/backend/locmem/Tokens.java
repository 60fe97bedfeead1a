package dev.dorm.cache.backend.locmem;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of a lock or a table's record, as far as they live.
 *
 * @param live token and deadline, in milliseconds of the store's clock
 * @param sound whether all that was written there is well formed
 * @param expired whether one of them has passed its deadline
 */
record Tokens(SortedMap<String, Long> live, boolean sound, boolean expired) {

    private static final Pattern TOKEN = Pattern.compile("([a-zA-Z0-9-]+)=(\\d{1,15})");
    // A deadline further away was not written by us.
    private static final long FURTHEST = 2 * Step.LOCK_LEASE.toMillis();

    /** Reads what follows the mark of a lock or the clock of a record. */
    static Tokens of(String body, long now) {
        SortedMap<String, Long> live = new TreeMap<>();
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
                live.putIfAbsent(token.group(1), deadline);
            }
        }
        return new Tokens(live, sound, expired);
    }

    /** Returns whether tokens other than this one live. */
    boolean othersThan(String token) {
        return live.size() > (live.containsKey(token) ? 1 : 0);
    }

    /** Returns the tokens as they are written. */
    static String written(Map<String, Long> live) {
        StringBuilder out = new StringBuilder();
        live.forEach(
                (token, deadline) -> out.append('|').append(token).append('=').append(deadline));
        return out.toString();
    }
}
