package dev.dorm.cache.internal.redis.step;

import org.jspecify.annotations.Nullable;

/** An argument that is mostly the same for each row of a script: it is written out once. */
final class LastNumber {

    private long number;
    private @Nullable String digits;

    /** Returns a number as text. */
    String of(long asked) {
        String known = digits;
        if (known == null || number != asked) {
            known = Long.toString(asked);
            digits = known;
            number = asked;
        }
        return known;
    }
}
