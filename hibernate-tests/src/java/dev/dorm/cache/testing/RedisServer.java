package dev.dorm.cache.testing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.ScanParams;

/**
 * The real Redis that the tests of this JVM share: started when first asked for, gone when the JVM ends.
 * Rungs: {@code url} ({@code DORM_TEST_REDIS}), {@code binary} (the path {@code DORM_TEST_REDIS_SERVER}),
 * {@code docker} (image {@code DORM_TEST_REDIS_IMAGE}), {@code path}, {@code embedded}. It may be shared with others, so a test keeps to keys with a {@link #uniquePrefix()} and flushes
 * nothing; a test that must flush, kill or configure a server starts its own.
 */
public final class RedisServer {

    /** What descends from Redis tells the version of Redis that it resembles, too. */
    private static final List<String> KINDS = List.of("Valkey", "Redict", "Redis");

    private static final String DEFAULT_IMAGE = "redis:7-alpine";

    /** Every prefix of this JVM begins like this. */
    private static final String MARK =
            "it" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    private static final Ladder<RedisServer> SHARED = new Ladder<RedisServer>(Served.REDIS)
            .rung(Ladder.NAMED, RedisServer::configured)
            .rung(Ladder.BINARY, () -> process(Ladder.BINARY, RedisBinary.named()))
            .rung("docker", RedisServer::container)
            .rung("path", () -> process("path", RedisBinary.onPath()))
            .rung("embedded", () -> process("embedded", RedisBinary.embedded()));

    private static int prefixes;

    private final String rung;
    private final String url;
    private final String version;

    private RedisServer(String rung, String url) {
        this.rung = rung;
        this.url = url;
        this.version = Awaitility.await("Redis at " + place())
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(this::askVersion, Objects::nonNull);
    }

    /**
     * Returns the server, and counts the running test as one that uses Redis.
     *
     * @return the server of this JVM
     */
    public static RedisServer shared() {
        Served.REDIS.record();
        return SHARED.server();
    }

    /**
     * Starts a server of the test's own from the binary that {@code DORM_TEST_REDIS_SERVER} names, the one on the PATH,
     * or else the embedded one (which knows no TLS).
     *
     * @param arguments further command-line arguments, in which <code>{port}</code> and <code>{dir}</code> stand for
     *     the server's port and directory, as in {@code "--unixsocket", "{dir}/redis.sock"}
     * @return the server, which serves
     */
    public static OwnRedis startOwn(String... arguments) {
        Served.REDIS.record();
        Path binary = RedisBinary.any();
        ServedAccount.OF_THIS_JVM.servedBy(Served.REDIS, "tests' own: " + binary.getFileName());
        return new OwnRedis(binary, arguments);
    }

    /**
     * Starts a server that may become a cluster's node. Redis 6 knows no port but 10,000 above its own for the nodes.
     *
     * @param arguments as of {@link #startOwn}
     * @return the server, which serves
     */
    public static OwnRedis startNode(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
        if (RedisBinary.majorVersion(RedisBinary.any()) >= 7) {
            all.addAll(List.of("--cluster-port", "" + FreePort.next()));
        }
        all.addAll(List.of(arguments));
        return startOwn(all.toArray(new String[0]));
    }

    /**
     * Returns where the server is.
     *
     * @return a {@code redis://} or {@code rediss://} URL
     */
    public String url() {
        return url;
    }

    /**
     * Returns a region prefix that nobody else uses, here or in another JVM.
     *
     * @return letters and digits
     */
    public String uniquePrefix() {
        synchronized (RedisServer.class) {
            return MARK + "x" + ++prefixes;
        }
    }

    @Override
    public String toString() {
        return "%s: %s at %s".formatted(rung, version, place());
    }

    private static RedisServer configured() throws Skipped {
        String url = TestSetting.of("DORM_TEST_REDIS").orElseThrow(() -> new Skipped("DORM_TEST_REDIS is not set"));
        RedisServer server = new RedisServer(Ladder.NAMED, url);
        Runtime.getRuntime().addShutdownHook(new Thread(server::removeOurKeys));
        return server;
    }

    private static RedisServer container() throws Skipped {
        String image = TestSetting.of("DORM_TEST_REDIS_IMAGE").orElse(DEFAULT_IMAGE);
        GenericContainer<?> container = Docker.start(image, 6379, Map.of());
        return new RedisServer(
                "docker " + image, "redis://%s:%d".formatted(container.getHost(), container.getMappedPort(6379)));
    }

    private static RedisServer process(String rung, Path binary) {
        return new RedisServer(rung, new OwnRedis(binary).url());
    }

    private String askVersion() {
        try (Jedis jedis = new Jedis(URI.create(url))) {
            String told = jedis.info("server");
            return KINDS.stream()
                    .flatMap(kind -> told.lines()
                            .filter(line -> line.startsWith(kind.toLowerCase(Locale.ROOT) + "_version:"))
                            .map(line -> kind + " " + line.substring(line.indexOf(':') + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A server that outlives us should not keep what we wrote; some of our keys never expire. */
    private void removeOurKeys() {
        try (Jedis jedis = new Jedis(URI.create(url))) {
            var ours = new ScanParams().match("*" + MARK + "*").count(1000);
            var page = jedis.scan(ScanParams.SCAN_POINTER_START, ours);
            while (true) {
                page.getResult().forEach(jedis::unlink);
                if (page.isCompleteIteration()) {
                    return;
                }
                page = jedis.scan(page.getCursor(), ours);
            }
        }
    }

    /** The address without the credentials that the URL may carry. */
    private String place() {
        URI uri = URI.create(url);
        return uri.getHost() + ":" + uri.getPort();
    }
}
