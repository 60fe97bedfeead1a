package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.exploration.VirtualStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A real {@link LocMemBackend} whose time is the virtual one. */
public final class VirtualLocMem implements VirtualStore {

    private final AtomicLong nanos;
    private final LocMemBackend backend;

    /** Creates an empty store; {@code nanos} is the time of everything that uses it. */
    public VirtualLocMem(AtomicLong nanos) {
        this.nanos = nanos;
        this.backend = new LocMemBackend(BackendSettings.defaults(), nanos::get);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long millis() {
        return backend.store().time().micros() / 1000;
    }

    @Override
    public Duration left(String key) {
        return backend.store()
                .slots()
                .policy()
                .expireVariably()
                .flatMap(expiry -> expiry.getExpiresAfter(key))
                .orElse(Duration.ZERO);
    }

    @Override
    public boolean evicts() {
        return true;
    }

    /** What the bound concerns leaves by way of Caffeine's own eviction. */
    @Override
    public void evict() {
        backend.store().slots().policy().eviction().ifPresent(eviction -> {
            long bound = eviction.getMaximum();
            eviction.setMaximum(0);
            eviction.setMaximum(bound);
        });
    }

    @Override
    public void flush() {
        backend.clear();
    }

    @Override
    public void close() {
        backend.close();
    }
}
