package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.near.Origin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From which entries a session took the states of rows. Only who locks a row asks for that: until then they are noted one after the
 * other. As the session, an instance is used by one thread at a time.
 */
final class Origins {

    /** So many are remembered; the others are as if they had been loaded from the database. */
    static final int MAX = 10_000;

    /** Most transactions read a few rows. */
    private static final int FEW = 4;

    private static final Object[] NONE = {};

    private Map<Row, Origin> taken = Map.of();

    // Rows, each with its origin behind it, that came since somebody asked.
    private Object[] noted = NONE;
    private int end;

    void took(Row row, Origin origin) {
        if (end == noted.length) {
            if (end >= 2 * MAX) {
                sort();
            } else {
                noted = Arrays.copyOf(noted, Math.max(2 * FEW, 2 * end));
            }
        }
        noted[end++] = row;
        noted[end++] = origin;
    }

    @Nullable
    Origin of(Row row) {
        sort();
        return taken.get(row);
    }

    private void sort() {
        for (int i = 0; i < end; i += 2) {
            Row row = (Row) noted[i];
            if (taken.size() < MAX || taken.containsKey(row)) {
                taken = taken.isEmpty() ? new HashMap<>(FEW) : taken;
                taken.put(row, (Origin) noted[i + 1]);
            }
            noted[i] = null;
            noted[i + 1] = null;
        }
        end = 0;
    }
}
