package dev.dorm.cache.internal.key;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists of parameters under {@code hibernate.query.in_clause_parameter_padding}. {@code QueryKey} has the values of all
 * parameters in one row, and a padded list does not tell how many of them are its own: a statement with two such lists
 * may have one key for several answers.
 */
public final class PaddedLists {

    private static final Pattern LIST = Pattern.compile("\\bin\\s*\\((?!\\s*select\\b)", Pattern.CASE_INSENSITIVE);

    /** A list is padded to a power of two: up to two values are as many as they seem. */
    private static final int MAY_BE_PADDED = 3;

    private PaddedLists() {}

    /** Returns whether a statement has several lists that may have been padded. */
    public static boolean several(String sql) {
        int lists = 0;
        Matcher list = LIST.matcher(sql);
        while (list.find()) {
            if (elements(sql, list.end()) >= MAY_BE_PADDED && ++lists > 1) {
                return true;
            }
        }
        return false;
    }

    private static int elements(String sql, int from) {
        int depth = 0;
        int elements = 1;
        for (int i = from; i < sql.length() && depth >= 0; i++) {
            switch (sql.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> elements += depth == 0 ? 1 : 0;
                default -> {
                    // Part of an element.
                }
            }
        }
        return elements;
    }
}
