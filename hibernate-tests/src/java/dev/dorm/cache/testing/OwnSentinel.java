package dev.dorm.cache.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** A sentinel of a test's own, which alone decides when its master is down. */
public final class OwnSentinel implements AutoCloseable {

    /** What it calls the master. */
    public static final String MASTER = "books";

    private final int port;
    private final Path directory;
    private final Process process;

    /**
     * Starts a sentinel that takes a master for down after a second, and waits until it knows the master's replica.
     *
     * @param master the master, which has one replica
     */
    public OwnSentinel(OwnRedis master) {
        this(master, Duration.ofSeconds(1));
    }

    /**
     * Starts a sentinel, and waits until it knows the master's replica.
     *
     * @param master the master, which has one replica
     * @param downAfter how long a master that does not answer is waited for
     */
    public OwnSentinel(OwnRedis master, Duration downAfter) {
        port = FreePort.next();
        try {
            directory = Files.createTempDirectory("dorm-sentinel-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Path config = directory.resolve("sentinel.conf");
            Files.writeString(
                    config,
                    """
                    port %d
                    bind 127.0.0.1
                    dir %s
                    sentinel monitor %s 127.0.0.1 %d 1
                    sentinel down-after-milliseconds %s %d
                    sentinel failover-timeout %s 5000
                    """
                            .formatted(port, directory, MASTER, master.port(), MASTER, downAfter.toMillis(), MASTER));
            process = new ProcessBuilder(RedisBinary.any().toString(), config.toString(), "--sentinel")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Awaitility.await("the sentinel")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                        return jedis.sentinelSlaves(MASTER).size() == 1;
                    }
                });
    }

    /**
     * Returns the location of the master, by this sentinel.
     *
     * @return a {@code redis+sentinel://} URL
     */
    public String url() {
        return "redis+sentinel://127.0.0.1:" + port + "/" + MASTER;
    }

    /**
     * Returns whom it takes for the master.
     *
     * @return the master's port
     */
    public int master() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return Integer.parseInt(jedis.sentinelGetMasterAddrByName(MASTER).get(1));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        FileUtils.deleteQuietly(directory.toFile());
    }
}
