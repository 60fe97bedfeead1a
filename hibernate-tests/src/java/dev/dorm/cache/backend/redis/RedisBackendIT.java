package dev.dorm.cache.backend.redis;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendContract;
import dev.dorm.cache.backend.BackendSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisBackendIT extends BackendContract {

    private static TestServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = TestServer.startNew();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected Backend newBackend() {
        return new RedisBackend(settings(server.url()));
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
