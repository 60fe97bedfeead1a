package dev.dorm.cache.backend;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Which of some names was probably meant by one that is none of them. */
final class NearestName {

    private NearestName() {}

    /**
     * Returns the name with the fewest edits from what was given, whatever the case; the first in order of those.
     *
     * @param given what was given
     * @param names the names, at least one
     * @return one of them
     */
    static String of(String given, Collection<String> names) {
        return names.stream()
                .sorted()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .orElseThrow();
    }

    /**
     * Counts the edits between two names (Levenshtein), whatever the case.
     *
     * @param left a name
     * @param right another
     * @return how many letters must be inserted, removed or replaced
     */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
