package dev.dorm.cache.internal.locmem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import dev.dorm.cache.internal.locmem.holding.Holdings;
import dev.dorm.cache.internal.locmem.live.StoreShards;
import java.time.Duration;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bytes under keys, with lifetimes, a bound, and an index of the keys in their order. */
final class InMemoryStore implements Transaction, DeadEntries.Entries, Holdings.Entries, StoreShards.Entries {

    private final StoreTime time;
    private final StripedLocks stripes = new StripedLocks();
    private final NavigableSet<String> keys = new ConcurrentSkipListSet<>();
    private final Cache<String, StoredValue> slots;
    private final DeadEntries dead = new DeadEntries(this);
    private final Holdings holdings = new Holdings(this);
    private final StoreShards shards = new StoreShards(this);

    InMemoryStore(long maxEntries, LongSupplier nanoTime) {
        this.time = new StoreTime(nanoTime);
        this.slots = Caffeine.newBuilder()
                .maximumWeight(maxEntries)
                .weigher((String key, StoredValue slot) -> slot.weight(key))
                .expireAfter(new Lifetimes())
                .ticker(time::nanos)
                .executor(Runnable::run)
                // Runs inside the removal of the key, so that the index never lacks a key that is there.
                .evictionListener((key, slot, cause) -> left(key, slot, cause))
                .build();
    }

    private void left(String key, StoredValue slot, RemovalCause cause) {
        keys.remove(key);
        shards.changed(key, null);
        if (slot.weight(key) > 0) {
            holdings.left(key, cause);
        }
    }

    @Override
    public boolean holds(String key) {
        StoredValue slot = slots.policy().getIfPresentQuietly(key);
        return slot != null && slot.weight(key) > 0;
    }

    Holdings holdings() {
        return holdings;
    }

    StoreTime time() {
        return time;
    }

    StripedLocks stripes() {
        return stripes;
    }

    /** Returns the shards whose rows are read without a step. */
    StoreShards shards() {
        return shards;
    }

    @Override
    public @Nullable StoredValue held(String key) {
        return slots.getIfPresent(key);
    }

    @Override
    public StampedLock lock(Shard shard) {
        return stripes.lock(shard.versionKey());
    }

    @Override
    public byte @Nullable [] get(String key) {
        StoredValue slot = slots.getIfPresent(key);
        return slot != null ? slot.bytes() : null;
    }

    @Override
    public void put(String key, byte[] bytes, Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout " + timeout + ": accepted are 0, for until deleted, and positive durations");
        }
        if (!timeout.isZero()) {
            put(key, bytes, nanos(timeout));
        } else if (!isThere(key, bytes)) {
            put(key, bytes, Long.MAX_VALUE);
        }
    }

    /** The slices of writes are changed in place: nobody reads them but under the lock of their shard. */
    private boolean isThere(String key, byte[] bytes) {
        StoredValue slot = slots.getIfPresent(key);
        return slot != null && slot.bytes() == bytes && slot.lifetime() == Long.MAX_VALUE;
    }

    private void put(String key, byte[] bytes, long lifetime) {
        slots.asMap().compute(key, (name, old) -> {
            if (old == null) {
                keys.add(name);
            }
            shards.changed(name, bytes);
            return new StoredValue(bytes, lifetime);
        });
    }

    @Override
    public long micros() {
        return time.micros();
    }

    @Override
    public long seed() {
        return time.seed();
    }

    @Override
    public void counted(long number) {
        time.counted(number);
    }

    @Override
    public boolean remove(String key) {
        boolean[] there = {false};
        slots.asMap().computeIfPresent(key, (name, slot) -> {
            keys.remove(name);
            shards.changed(name, null);
            there[0] = true;
            return null;
        });
        return there[0];
    }

    /** Says that a shard has another version, so that what it held is dead. */
    void outdated(Shard shard) {
        if (slots.estimatedSize() >= DeadEntries.MUCH) {
            dead.remove(shard);
        }
    }

    /** Returns the keys from one on, in their order. */
    @Override
    public Iterable<String> keysFrom(String first) {
        return keys.tailSet(first, true);
    }

    /** Removes an entry, if it is still the very one that was found. */
    @Override
    public void remove(String key, byte[] found) {
        slots.asMap().computeIfPresent(key, (name, slot) -> {
            if (slot.bytes() != found) {
                return slot;
            }
            keys.remove(name);
            shards.changed(name, null);
            return null;
        });
    }

    long removeMatching(Glob glob) {
        return stripes.writeAll(() -> {
            long removed = 0;
            for (String key : candidates(glob)) {
                if (glob.matches(key) && remove(key)) {
                    removed++;
                }
            }
            return removed;
        });
    }

    /** Returns the keys that a pattern's deletion looks at. */
    Iterable<String> candidates(Glob glob) {
        return glob.candidates(keys);
    }

    void clear() {
        removeMatching(new Glob("*"));
    }

    /** Does something to one key; keys of the protocol are changed under the lock that its steps take. */
    <T> T exclusively(String key, Supplier<T> work) {
        return StoredValue.isOfProtocol(key) ? stripes.writeAll(work) : work.get();
    }

    /** Returns the keys that are there. */
    NavigableSet<String> keys() {
        slots.cleanUp();
        return Collections.unmodifiableNavigableSet(keys);
    }

    /** Returns the bounded part, for tests. */
    Cache<String, StoredValue> slots() {
        return slots;
    }

    private static long nanos(Duration duration) {
        try {
            return Math.max(1, duration.toNanos());
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }
}
