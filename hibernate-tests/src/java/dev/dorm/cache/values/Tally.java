package dev.dorm.cache.values;

import java.util.Map;
import java.util.TreeMap;

/** What was checked. */
final class Tally {

    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int entities;
    private int rows;
    private int hits;
    private int refused;

    void entity(MadeEntity made) {
        entities++;
        made.attributes().forEach(each -> kinds.merge(each.kind().split(" ")[0], 1, Integer::sum));
    }

    void row(boolean hit) {
        rows++;
        hits += hit ? 1 : 0;
    }

    void refused(RuntimeException why) {
        refused++;
        Throwable cause = why;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause);
        reasons.merge(text.substring(0, Math.min(100, text.length())), 1, Integer::sum);
    }

    /** Why values were refused. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    int hits() {
        return hits;
    }

    int kindCount() {
        return kinds.size();
    }

    @Override
    public String toString() {
        return entities + " entities, " + rows + " rows read in a process, of which " + hits + " were hits, " + refused
                + " refused by Hibernate or the database; attributes: " + kinds;
    }
}
