package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.internal.locmem.live.Held;

/** What stands under a key. */
final class StoredValue extends Held {

    private final byte[] bytes;
    private final long lifetime;

    /**
     * Creates one.
     *
     * @param bytes the bytes
     * @param lifetime how many nanoseconds they stay from when they were stored; {@link Long#MAX_VALUE} means until deleted
     */
    StoredValue(byte[] bytes, long lifetime) {
        this.bytes = bytes;
        this.lifetime = lifetime;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    long lifetime() {
        return lifetime;
    }

    /** Returns whether a key belongs to the protocol: its value is read and written in one by the steps. */
    static boolean isOfProtocol(String key) {
        return Keys.isRow(key) || Keys.isBookkeeping(key);
    }

    /** Returns how much of the bound this takes: 1, or 0 for what must not be evicted for size. */
    int weight(String key) {
        if (Keys.isBookkeeping(key)) {
            return 0;
        }
        if (Keys.isRow(key)) {
            Kind kind = RowFormat.kind(bytes, 0);
            return kind == Kind.LOCK || kind == Kind.TOMBSTONE ? 0 : 1;
        }
        return 1;
    }
}
