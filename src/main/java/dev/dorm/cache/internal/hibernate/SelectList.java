package dev.dorm.cache.internal.hibernate;

import java.util.ArrayList;
import java.util.List;

/**
 * What a query selects, as its SQL has it.
 *
 * <p>Hibernate: {@code QueryKey} has the SQL, and nothing of what it selects; {@code JdbcValuesCacheHit.getCurrentRowValue}
 * takes every array of objects for the values of a row, be it the value of one column.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code CoarseKeysIT#literalsOfSeveralClasses} and {@code QueryResultsIT#isServedAsTheDatabaseAnswers} stay green
 * without it.
 */
public final class SelectList {

    private static final String SELECT = "select ";
    private static final String DISTINCT = "distinct ";

    private SelectList() {}

    /** Returns the selected expressions; none where the SQL begins in another way. */
    static List<String> of(String sql) {
        if (!sql.startsWith(SELECT)) {
            return List.of();
        }
        List<String> selected = new ArrayList<>();
        int begin = sql.startsWith(DISTINCT, SELECT.length()) ? SELECT.length() + DISTINCT.length() : SELECT.length();
        int depth = 0;
        char quote = 0;
        for (int i = begin; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                continue;
            }
            switch (c) {
                case '\'', '"', '`' -> quote = c;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            boolean last = depth == 0 && c == ' ' && sql.startsWith("from ", i + 1);
            if (last || (depth == 0 && c == ',')) {
                selected.add(sql.substring(begin, i).strip());
                begin = i + 1;
            }
            if (last) {
                return selected;
            }
        }
        selected.add(sql.substring(begin).strip());
        return selected;
    }

    /** Whether a query selects one column, and no more. */
    public static boolean isOne(String sql) {
        List<String> selected = of(sql);
        return selected.size() == 1 && !selected.get(0).endsWith("*");
    }
}
