package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Versions and the query clock, seeded from the store's time when lost and never evicted; and that time. */
final class VersionCounters {

    private static final long YEAR_MICROS = TimeUnit.DAYS.toMicros(366);

    private final Transaction store;

    VersionCounters(Transaction store) {
        this.store = store;
    }

    /** Returns the number under a key, 0 when it is absent, garbage, or further ahead than we could have counted. */
    long found(byte @Nullable [] bytes) {
        long value = RowFormat.counter(bytes);
        return value > store.micros() + YEAR_MICROS ? 0 : value;
    }

    /** Returns a version, seeding it when it is absent. */
    long version(String key) {
        long version = found(store.get(key));
        return version != 0 ? version : set(key, store.seed());
    }

    /** Returns a version after its increment. */
    long bump(String key) {
        return set(key, version(key) + 1);
    }

    /** Returns milliseconds since 1970, in which deadlines are written. */
    long millis() {
        return store.micros() / 1000;
    }

    /** Returns whether a step came after the latest time at which it may be taken. */
    boolean passed(long latest) {
        return latest != Step.ANY_TIME && store.micros() > latest;
    }

    long set(String key, long value) {
        store.counted(value);
        store.put(key, Long.toString(value).getBytes(ISO_8859_1), Duration.ZERO);
        return value;
    }
}
