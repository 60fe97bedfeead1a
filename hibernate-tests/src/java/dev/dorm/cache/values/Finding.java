package dev.dorm.cache.values;

import java.util.List;

/**
 * What was read from the cache, or written after it, and differs from what the database gives.
 *
 * @param what which rule was broken
 * @param attributes those that were set
 * @param where in which process and way
 * @param value what was set
 * @param expected what the database gives
 * @param found what was found
 */
record Finding(String what, List<Attribute> attributes, String where, String value, String expected, String found) {

    private static final int SHOWN = 300;
    private static final int BEFORE = 80;

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what).append(" (").append(where).append(")\n");
        attributes.forEach(each ->
                text.append("  ").append(each.classes()).append(each.source()).append(";\n"));
        int from = Math.max(0, different() - BEFORE);
        return text.append("  value    ")
                .append(cut(value, 0))
                .append("\n  expected ")
                .append(cut(expected, from))
                .append("\n  found    ")
                .append(cut(found, from))
                .append('\n')
                .toString();
    }

    /** Where what was found begins to differ. */
    private int different() {
        int at = 0;
        while (at < expected.length() && at < found.length() && expected.charAt(at) == found.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String cut(String text, int from) {
        int to = Math.min(text.length(), from + SHOWN);
        return (from == 0 ? "" : "...") + text.substring(Math.min(from, to), to) + (to == text.length() ? "" : "...");
    }
}
