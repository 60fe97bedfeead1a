package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.exploration.SimulatedRedis;
import dev.dorm.cache.internal.redis.RedisBackend;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/** Runs one plan after the other over the scripts in a real Redis, until a promise is broken. */
public final class RedisHunt {

    private RedisHunt() {}

    /**
     * Hunts.
     *
     * @param port where a server of its own listens
     * @param firstSeed the first plan's seed
     * @param most how long
     * @return the seed and what was broken, or null when nothing was
     */
    public static @Nullable String hunt(int port, long firstSeed, Duration most) {
        try (RedisBackend backend = backend("redis://127.0.0.1:" + port);
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            return Hunt.hunt(firstSeed, most, () -> new SimulatedRedis(backend, jedis, port));
        }
    }

    /** Returns the backend that the simulation drives. */
    static RedisBackend backend(String url) {
        return new RedisBackend(new BackendSettings(
                BackendSettings.DEFAULT_ALIAS,
                url,
                null,
                null,
                BackendSettings.DEFAULT_TTL,
                Duration.ofSeconds(10),
                BackendSettings.DEFAULT_MAX_ENTRIES,
                0,
                Map.of()));
    }
}
