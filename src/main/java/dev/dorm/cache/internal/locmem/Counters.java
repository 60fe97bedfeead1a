package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.RowFormat;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Versions and the query clock: seeded from the store's time when lost, and never evicted. */
final class Counters {

    private static final long YEAR_MICROS = TimeUnit.DAYS.toMicros(366);

    private final Store store;

    Counters(Store store) {
        this.store = store;
    }

    /** Returns the number under a key, 0 when it is absent, garbage, or further ahead than we could have counted. */
    long found(byte @Nullable [] bytes) {
        long value = RowFormat.counter(bytes);
        return value > TimeUnit.MILLISECONDS.toMicros(store.time().millis()) + YEAR_MICROS ? 0 : value;
    }

    /** Returns a version, seeding it when it is absent. */
    long version(String key) {
        long version = found(store.get(key));
        return version != 0 ? version : set(key, store.time().seed());
    }

    /** Returns a version after its increment. */
    long bump(String key) {
        return set(key, version(key) + 1);
    }

    long set(String key, long value) {
        store.time().counted(value);
        store.put(key, Long.toString(value).getBytes(ISO_8859_1), Duration.ZERO);
        return value;
    }
}
