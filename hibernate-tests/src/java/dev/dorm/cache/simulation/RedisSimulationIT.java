package dev.dorm.cache.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.exploration.SimulatedRedis;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.RunLength;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * Random plans in virtual time, over the scripts in a real Redis.
 *
 * <p>{@code -Ddorm.simulation.seed=} repeats a run, {@code -Ddorm.simulation.redis.histories=} says how many histories, and
 * {@code -Ddorm.simulation.redis.seconds=} for how long instead.
 */
class RedisSimulationIT {

    private static final long SEED = Long.getLong("dorm.simulation.seed", new Random().nextInt(1_000_000_000));

    private static OwnRedis server;
    private static Backend backend;
    private static Jedis jedis;

    @BeforeAll
    static void open() {
        server = RedisServer.startOwn("--enable-debug-command", "yes");
        backend = RedisHunt.backend(server.url());
        jedis = new Jedis("127.0.0.1", server.port());
    }

    @AfterAll
    static void close() {
        jedis.close();
        backend.close();
        server.close();
    }

    @Test
    void everyPromiseIsKept() {
        RunLength length = RunLength.of("dorm.simulation.redis", "histories", 40);
        Simulations simulations = new Simulations("Redis", () -> new SimulatedRedis(backend, jedis, server.port()));
        simulations.run(SEED, length::goesOn);
        System.out.println("Simulation: -Ddorm.simulation.seed=" + SEED);
        System.out.println(simulations.summary());
        System.out.println("reached: " + simulations.reached());
        assertThat(simulations.failures()).isEmpty();
    }
}
