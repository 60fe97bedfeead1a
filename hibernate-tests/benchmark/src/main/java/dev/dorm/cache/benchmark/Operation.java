package dev.dorm.cache.benchmark;

import org.jspecify.annotations.Nullable;

/** What a scenario does, on one subject in one place. */
interface Operation {

    /** Does it once. */
    @Nullable
    Object run();

    /** Puts in place what it needs, the first time. */
    default void prepare() {
        for (int pass = 0; pass < 3; pass++) {
            run();
        }
    }

    /** Puts in place what each measurement uses up. */
    default void renew() {}
}
