package dev.dorm.cache.internal.locmem;

import com.github.benmanes.caffeine.cache.Expiry;

/** Tells Caffeine that each slot stays for its own lifetime, however often it is read. */
final class Lifetimes implements Expiry<String, StoredValue> {

    @Override
    public long expireAfterCreate(String key, StoredValue slot, long currentTime) {
        return slot.lifetime();
    }

    @Override
    public long expireAfterUpdate(String key, StoredValue slot, long currentTime, long currentDuration) {
        return slot.lifetime();
    }

    @Override
    public long expireAfterRead(String key, StoredValue slot, long currentTime, long currentDuration) {
        return currentDuration;
    }
}
