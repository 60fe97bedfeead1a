package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.time.Duration;
import java.util.SortedMap;

/** The steps of a bulk write, and what rows share with them: writing a lock. */
final class ShardSteps {

    private final Transaction store;
    private final VersionCounters counters;

    ShardSteps(Transaction store, VersionCounters counters) {
        this.store = store;
        this.counters = counters;
    }

    long lock(Step.LockShard step) {
        if (counters.passed(step.latest())) {
            return 0;
        }
        Shard shard = step.shard();
        String token = step.token();
        long version = counters.bump(shard.versionKey());
        LockTokens tokens = read(shard).tokens();
        boolean others = tokens.othersThan(token);
        tokens.live().put(token, new LockTokens.Hold(counters.millis() + Step.LOCK_LEASE.toMillis(), 0));
        hold(shard.lockKey(), tokens.live(), others);
        return version;
    }

    long unlock(Shard shard, String token) {
        long version = counters.bump(shard.versionKey());
        LockTokens tokens = read(shard).tokens();
        tokens.live().remove(token);
        if (tokens.live().isEmpty()) {
            store.remove(shard.lockKey());
        } else {
            hold(shard.lockKey(), tokens.live(), true);
        }
        return version;
    }

    /** Returns whether a region lock stands. Readers take any bytes there for one, so what is none must go. */
    boolean locked(Shard shard) {
        byte[] bytes = store.get(shard.lockKey());
        boolean stands = LockRecord.of(bytes, counters.millis()).stands();
        if (bytes != null && !stands) {
            store.remove(shard.lockKey());
        }
        return stands;
    }

    /** Writes a lock, which leaves with its last token's deadline. */
    void hold(String key, SortedMap<String, LockTokens.Hold> live, boolean concurrent) {
        long last = live.values().stream()
                .mapToLong(LockTokens.Hold::deadline)
                .max()
                .orElseThrow();
        store.put(key, LockRecord.bytes(live, concurrent), Duration.ofMillis(last - counters.millis()));
    }

    private LockRecord read(Shard shard) {
        return LockRecord.of(store.get(shard.lockKey()), counters.millis());
    }
}
