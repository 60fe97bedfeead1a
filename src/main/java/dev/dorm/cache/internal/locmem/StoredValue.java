package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState.Kind;

/**
 * What stands under a key.
 *
 * @param bytes the bytes
 * @param lifetime how many nanoseconds they stay from when they were stored; {@link Long#MAX_VALUE} means until deleted
 */
record StoredValue(byte[] bytes, long lifetime) {

    /** The key of a row begins so. */
    static final String ROW = "dormrow:";

    /** Returns whether a key belongs to the protocol: its value is read and written in one by the steps. */
    static boolean isOfProtocol(String key) {
        return key.startsWith(ROW) || isUnbounded(key);
    }

    /** Returns how much of the bound this takes: 1, or 0 for what must not be evicted for size. */
    int weight(String key) {
        if (isUnbounded(key)) {
            return 0;
        }
        if (key.startsWith(ROW)) {
            Kind kind = RowFormat.kind(bytes, 0);
            return kind == Kind.LOCK || kind == Kind.TOMBSTONE ? 0 : 1;
        }
        return 1;
    }

    private static boolean isUnbounded(String key) {
        return key.startsWith("dormver:")
                || key.startsWith("dormwrote:")
                || key.startsWith("dormslices:")
                || key.startsWith("dormlock:")
                || key.startsWith("dormclk");
    }
}
