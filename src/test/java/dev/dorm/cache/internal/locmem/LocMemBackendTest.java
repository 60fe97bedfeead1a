package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendContract;
import dev.dorm.cache.backend.BackendSettings;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

class LocMemBackendTest extends BackendContract {

    private final AtomicLong nanos = new AtomicLong(42);
    private final long start = System.currentTimeMillis();
    private final BackendSettings settings = BackendSettings.defaults().withLocation("kit-" + UUID.randomUUID());

    @Override
    protected Backend newBackend() {
        return new LocMemBackend(settings, nanos::get);
    }

    @Override
    public void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long storeMillis() {
        return start + nanos.get() / 1_000_000;
    }
}
