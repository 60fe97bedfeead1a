package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.near.Origin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From which entries a session took the states of rows. As the session, an instance is used by one thread at a time. */
final class Origins {

    /** So many are remembered; the others are as if they had been loaded from the database. */
    static final int MAX = 10_000;

    /** Most transactions read a few rows. */
    private static final int FEW = 4;

    private Map<Row, Origin> taken = Map.of();

    void took(Row row, Origin origin) {
        if (taken.size() < MAX || taken.containsKey(row)) {
            taken = taken.isEmpty() ? new HashMap<>(FEW) : taken;
            taken.put(row, origin);
        }
    }

    @Nullable
    Origin of(Row row) {
        return taken.get(row);
    }
}
