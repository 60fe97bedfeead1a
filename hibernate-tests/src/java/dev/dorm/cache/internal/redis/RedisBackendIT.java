package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendContract;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.ListenContract;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.Map;

class RedisBackendIT extends BackendContract implements ListenContract {

    @Override
    protected Backend newBackend() {
        return new RedisBackend(settings(RedisServer.shared().url()));
    }

    @Override
    public String prefix() {
        return RedisServer.shared().uniquePrefix();
    }

    /** Patience for a busy machine. */
    static BackendSettings settings(String location) {
        return new BackendSettings(
                BackendSettings.DEFAULT_ALIAS,
                location,
                null,
                null,
                BackendSettings.DEFAULT_TTL,
                Duration.ofSeconds(5),
                BackendSettings.DEFAULT_MAX_ENTRIES,
                0,
                Map.of());
    }
}
