package dev.dorm.cache.internal.redis.step;

import dev.dorm.cache.backend.Clock;
import java.util.ArrayList;
import java.util.List;

/** The keys that the scripts of the query clock take. */
final class TableKeys {

    private TableKeys() {}

    /** Returns the clock's key and after it each table's, in order. */
    static List<String> of(Clock clock, List<String> tables) {
        List<String> keys = new ArrayList<>(1 + tables.size());
        keys.add(clock.key());
        tables.forEach(table -> keys.add(clock.tableKey(table)));
        return List.copyOf(keys);
    }

    /** Returns the same for a script that tells what it does: behind the clock's key stands its channel. */
    static List<String> told(Clock clock, List<String> tables) {
        List<String> keys = new ArrayList<>(of(clock, tables));
        keys.add(1, clock.channel());
        return List.copyOf(keys);
    }
}
