package dev.dorm.cache.internal.locmem;

import java.util.NavigableSet;

/** A pattern as Redis matches it: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]}, {@code \} before a literal. */
final class Glob {

    private final String pattern;
    private final String prefix;

    Glob(String pattern) {
        this.pattern = pattern;
        this.prefix = literalPrefix(pattern);
    }

    /** Returns the keys that begin as every match does: all that a search has to look at. */
    NavigableSet<String> candidates(NavigableSet<String> keys) {
        if (prefix.isEmpty()) {
            return keys;
        }
        char last = prefix.charAt(prefix.length() - 1);
        if (last == Character.MAX_VALUE) {
            return keys.tailSet(prefix, true);
        }
        String beyond = prefix.substring(0, prefix.length() - 1) + (char) (last + 1);
        return keys.subSet(prefix, true, beyond, false);
    }

    /** Returns what every match begins with. */
    String prefix() {
        return prefix;
    }

    boolean matches(String key) {
        return matches(0, key, 0);
    }

    private boolean matches(int p, String key, int k) {
        int at = p;
        int from = k;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '*') {
                return matchesRest(at + 1, key, from);
            }
            if (from == key.length()) {
                return false;
            }
            if (c == '[') {
                int end = classEnd(at);
                if (!inClass(at + 1, end, key.charAt(from))) {
                    return false;
                }
                at = Math.min(end + 1, pattern.length());
            } else {
                boolean escaped = c == '\\' && at + 1 < pattern.length();
                char literal = escaped ? pattern.charAt(at + 1) : c;
                if ((escaped || c != '?') && literal != key.charAt(from)) {
                    return false;
                }
                at += escaped ? 2 : 1;
            }
            from++;
        }
        return from == key.length();
    }

    private boolean matchesRest(int p, String key, int k) {
        if (p == pattern.length()) {
            return true;
        }
        for (int from = k; from <= key.length(); from++) {
            if (matches(p, key, from)) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the bracket closes; an open one ends with the pattern. */
    private int classEnd(int open) {
        for (int i = open + 1; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                i++;
            } else if (pattern.charAt(i) == ']') {
                return i;
            }
        }
        return pattern.length();
    }

    private boolean inClass(int start, int end, char c) {
        boolean negated = start < end && pattern.charAt(start) == '^';
        boolean found = false;
        for (int i = negated ? start + 1 : start; i < end; i++) {
            char low = pattern.charAt(i);
            if (low == '\\' && i + 1 < end) {
                found |= pattern.charAt(++i) == c;
            } else if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                char high = pattern.charAt(i + 2);
                found |= Math.min(low, high) <= c && c <= Math.max(low, high);
                i += 2;
            } else {
                found |= low == c;
            }
        }
        return found != negated;
    }

    private static String literalPrefix(String pattern) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' || c == '?' || c == '[') {
                break;
            }
            if (c == '\\' && i + 1 < pattern.length()) {
                c = pattern.charAt(++i);
            }
            prefix.append(c);
        }
        return prefix.toString();
    }
}
