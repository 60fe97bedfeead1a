package dev.dorm.cache.backend;

import java.util.HashMap;
import java.util.Map;

/** What is derived of a store that has nothing but transactions. */
class MapStoreTest extends TransactionalStoreContract {

    /** What the process's own clock lacks, in microseconds since 1970. */
    static final long START = System.currentTimeMillis() * 1000 - System.nanoTime() / 1000;

    private final Map<String, MapStore.Value> values = new HashMap<>();

    @Override
    protected TransactionalStore newStore(BackendSettings settings) {
        return new MapStore(values);
    }
}
