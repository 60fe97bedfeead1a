package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.testing.FreePort;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.Printed;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** The first warning of an outage names its true cause and says what to do, whatever Redisson makes of it. */
class OutageCausesIT {

    /** Long enough for a machine that is busy: then the first that goes wrong is what the test does. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private static final AtomicInteger ALIASES = new AtomicInteger();

    @TempDir
    Path directory;

    private static BackendSettings settings(String location, Map<String, String> options) {
        return settings(location, TIMEOUT, options);
    }

    private static BackendSettings settings(String location, Duration timeout, Map<String, String> options) {
        return new BackendSettings("hot", location, null, null, Duration.ZERO, timeout, 1, 0, options);
    }

    /** Writes a row and reads it, until something is said of it. */
    private static String firstWarning(Backend backend, Runnable fault) {
        // One of its own for each: a store that is closed may still say something.
        String alias = "hot" + ALIASES.incrementAndGet();
        ResilientStore store = new ResilientStore(alias, () -> backend, Counters.ofAlias(), System::nanoTime);
        store.renewal().add("dormqs:a");
        // As a session factory does, lest the first warning is that the first connection takes long.
        CompletableFuture<?> opened = backend.opened();
        opened.handle((open, none) -> open)
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .join();
        opened.cancel(false);
        try (Printed printed = Printed.onStandardError()) {
            fault.run();
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                work(store);
                return !printed.lines("The cache '" + alias).isEmpty();
            });
            assertThat(printed.text()).doesNotContain(TestSecrets.PASSWORD, TestSecrets.WRONG_PASSWORD);
            String first = printed.lines("The cache '" + alias).get(0);
            assertThat(first).contains("The cache '" + alias + "' fails and is bypassed: ");
            return first;
        } finally {
            store.close();
        }
    }

    private static void work(ResilientStore store) {
        Row row = store.namespace("dormqs:a").row("1");
        store.tryRun(List.of(new Step.ReadRows(List.of(row))), null);
        store.tryRun(List.of(new Step.PutQuery("dormqs:a:v1:q", new byte[] {1}, Duration.ZERO)), null);
    }

    private static String firstWarning(String location, Map<String, String> options) {
        try (Backend backend = new RedisBackend(settings(location, options))) {
            return firstWarning(backend, () -> {});
        }
    }

    private static String firstWarning(String location) {
        return firstWarning(location, Map.of());
    }

    private static String with(String password, OwnRedis server) {
        return "redis://:" + TestSecrets.encoded(password) + "@127.0.0.1:" + server.port();
    }

    @Test
    void aPasswordThatIsWrongOrMissing() {
        try (OwnRedis server = RedisServer.startOwn("--requirepass", TestSecrets.PASSWORD)) {
            assertThat(firstWarning(with(TestSecrets.WRONG_PASSWORD, server)))
                    .contains("WRONGPASS", "correct user and password");
            assertThat(firstWarning(server.url())).contains("NOAUTH", "the location must have one");
        }
    }

    @Test
    void aPasswordThatIsRotatedWhileItIsInUse() {
        try (OwnRedis server = RedisServer.startOwn()) {
            assertThat(firstWarningAfterRotation(server.url(), server)).contains("NOAUTH");
        }
        try (OwnRedis server = RedisServer.startOwn("--requirepass", TestSecrets.WRONG_PASSWORD)) {
            assertThat(firstWarningAfterRotation(with(TestSecrets.WRONG_PASSWORD, server), server))
                    .contains("WRONGPASS");
        }
    }

    /** Redis asks for the new password when somebody connects, so all connections are closed. */
    private static String firstWarningAfterRotation(String location, OwnRedis server) {
        try (Backend backend = new RedisBackend(settings(location, Map.of()))) {
            works(backend);
            return firstWarning(backend, () -> {
                try (Jedis jedis = new Jedis(URI.create(location))) {
                    jedis.configSet("requirepass", TestSecrets.PASSWORD);
                    jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));
                }
            });
        }
    }

    private static void works(Backend backend) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            backend.set("key", new byte[] {1});
            return backend.get("key") != null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"'eval'", "SET", "GET", "TIME"})
    void aRightThatIsMissing(String command) {
        try (OwnRedis server = RedisServer.startOwn()) {
            String name = command.replace("'", "").toLowerCase(java.util.Locale.ROOT);
            Ask.server(
                    server, "acl", "setuser", "default", "-" + name, command.equals("'eval'") ? "-evalsha" : "+ping");
            assertThat(firstWarning(server.url())).contains("NOPERM", command, "grant the user");
        }
    }

    @Test
    void aRightThatAScriptLacks() {
        try (OwnRedis server = RedisServer.startOwn()) {
            Ask.server(server, "acl", "setuser", "default", "-time");
            assertThat(firstWarning(server.url())).contains("NOPERM", "the command is TIME", "grant the user");
        }
    }

    @Test
    void tlsOnOneSideOnly() throws Exception {
        Certificates certificates = Certificates.create(directory.resolve("right"));
        Certificates others = Certificates.create(directory.resolve("wrong"));
        try (OwnRedis server = RedisServer.startOwn(certificates.serverArguments());
                OwnRedis plain = RedisServer.startOwn();
                Printed printed = Printed.onStandardError()) {
            assertThat(firstWarning("redis://localhost:" + server.port()))
                    .contains("TLS", "the server expects it here", "rediss://");
            assertThat(firstWarning("rediss://localhost:" + plain.port()))
                    .contains("TLS", "the server does not speak it here");
            assertThat(firstWarning("rediss://localhost:" + server.port(), others.clientOptions()))
                    .contains("TLS", "certificate is not trusted", "sslTruststore");
            assertThat(firstWarning("rediss://127.0.0.1:" + server.port(), certificates.clientOptions()))
                    .contains("TLS", "certificate is for another host");
            assertThat(printed.text()).as("Redisson's stack traces").doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://%s:6379", "redis+cluster://%s:6379", "redis+sentinel://%s:26379/books"})
    void aHostThatNobodyKnows(String location) {
        assertThat(firstWarning(location.formatted("no-such-host.invalid")))
                .contains("unknown host", "no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://%s", "redis+cluster://%s", "redis+sentinel://%s/books"})
    void aPortWhereNobodyListens(String location) {
        int port = FreePort.next();
        assertThat(firstWarning(location.formatted("127.0.0.1:" + port)))
                .contains("refused", "127.0.0.1:" + port, "is Redis up");
    }

    @Test
    void aServerThatStillLoads() {
        try (OwnRedis server =
                RedisServer.startOwn("--loading-process-events-interval-bytes", "1024", "--key-load-delay", "20000")) {
            Ask.server(server, "eval", "for i=1,1000 do redis.call('set',i,string.rep('x',200)) end", "0");
            Ask.server(server, "save");
            server.kill();
            CompletableFuture<Void> started = CompletableFuture.runAsync(server::start);
            await().ignoreExceptions().until(() -> {
                new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
                return true;
            });
            assertThat(firstWarning(server.url())).contains("LOADING", "as soon as its data is in memory");
            Ask.server(server, "config", "set", "key-load-delay", "0");
            started.join();
        }
    }

    @Test
    void aNodeOfACluster() {
        try (RedisCluster cluster = new RedisCluster();
                OwnRedis alone = RedisServer.startOwn("--cluster-enabled", "yes")) {
            cluster.join(cluster.ports());
            assertThat(firstWarning("redis://127.0.0.1:" + cluster.ports().get(0)))
                    .containsAnyOf("MOVED", "CROSSSLOT")
                    .contains("redis+cluster://");
            assertThat(moved(cluster)).isNotEmpty().allSatisfy(failure -> assertThat(failure)
                    .contains("MOVED", "redis+cluster://"));
            assertThat(firstWarning(alone.url())).contains("CLUSTERDOWN", "CLUSTER INFO");
        }
    }

    /** Returns what the nodes say that do not hold a key. */
    private static List<String> moved(RedisCluster cluster) {
        List<String> failures = new ArrayList<>();
        for (int port : cluster.ports()) {
            try (Backend backend = new RedisBackend(settings("redis://127.0.0.1:" + port, Map.of()))) {
                backend.opened().join();
                backend.get("key");
            } catch (BackendException e) {
                failures.add(e.getMessage());
            }
            try (Backend backend = new RedisBackend(settings("redis://127.0.0.1:" + port, Map.of()))) {
                backend.opened().join();
                backend.set("key", new byte[] {1});
            } catch (BackendException e) {
                failures.add(e.getMessage());
            }
        }
        return failures;
    }

    @Test
    void aReplica() {
        try (OwnRedis master = RedisServer.startOwn();
                OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port())) {
            assertThat(firstWarning(replica.url()))
                    .containsAnyOf("a replica answered in the master's place", "READONLY");
        }
    }

    @Test
    void aServerThatRefusesWrites() {
        try (OwnRedis alone = RedisServer.startOwn("--min-replicas-to-write", "1");
                OwnRedis unsaved = RedisServer.startOwn("--save", "3600 1")) {
            assertThat(firstWarning(alone.url())).contains("NOREPLICAS", "min-replicas-to-write");
            FileUtils.deleteQuietly(unsaved.directory().toFile());
            await().until(() -> {
                Ask.server(unsaved, "bgsave");
                return Ask.server(unsaved, "info", "persistence").contains("rdb_last_bgsave_status:err");
            });
            assertThat(firstWarning(unsaved.url())).contains("MISCONF", "cannot save");
        }
    }

    @Test
    void aServerThatHangs() {
        Duration timeout = Duration.ofMillis(250);
        try (OwnRedis server = RedisServer.startOwn();
                Backend backend = new RedisBackend(settings(server.url(), timeout, Map.of()))) {
            works(backend);
            assertThat(firstWarning(backend, server::pause))
                    .contains("no reply within 250 ms (setting timeout), nor on a new connection to " + server.url());
            server.resume();
        }
    }

    /** Then it is Redisson that closes the connection, and not the server. */
    @Test
    void aServerThatHangsFromTheStart() {
        try (OwnRedis server = RedisServer.startOwn()) {
            server.pause();
            assertThat(firstWarning(server.url()))
                    .contains("no reply within 4000 ms (setting timeout), nor on a new connection");
            try (Backend backend = new RedisBackend(settings(server.url(), Map.of()))) {
                assertThat(backend.getAsync("key"))
                        .failsWithin(Duration.ofSeconds(60))
                        .withThrowableThat()
                        .withMessageContaining("no reply");
            }
            server.resume();
        }
    }

    /** Redisson by itself logs each byte of the answer with a stack trace, with each attempt, once a second. */
    @Test
    void anHttpServerWhichIsNamedOnce() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        Counters counters = Counters.ofAlias();
        try (Printed printed = Printed.onStandardError();
                Backend backend = new RedisBackend(
                        settings("redis://127.0.0.1:" + http.getAddress().getPort(), Map.of()))) {
            ResilientStore store = new ResilientStore("http", () -> backend, counters, System::nanoTime);
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                work(store);
                return counters.get(Counter.OUTAGE) >= 5;
            });
            store.close();
            assertThat(printed.lines("The cache 'http' fails and is bypassed"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("is no Redis, but an HTTP server", "HTTP/1.1 400");
            assertThat(printed.lines("The cache 'http'")).hasSize(2);
            assertThat(printed.text()).doesNotContain("Exception", "\tat ");
        } finally {
            http.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n", ""})
    void aServerOfAnotherKind(String greeting) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> greet(server, greeting));
            serving.start();
            assertThat(firstWarning("redis://127.0.0.1:" + server.getLocalPort()))
                    .contains(
                            greeting.isEmpty()
                                    ? "the server has closed the connection before it answered"
                                    : "is no Redis, but something else: 'SSH-2.0");
        }
    }

    private static void greet(ServerSocket server, String greeting) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(greeting.getBytes(US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // The test is over, or the client is gone.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsLostOnTheWay(boolean reading) throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                HoldingProxy proxy = new HoldingProxy(server.port());
                Backend backend = new RedisBackend(settings(proxy.url(), Duration.ofSeconds(20), Map.of()))) {
            works(backend);
            HoldingProxy.Stop cut = proxy.cutAt(1, HoldingProxy.Point.BEFORE_THE_REPLY);
            CompletableFuture<?> call = backend.executeAsync(List.of(step(backend, reading)));
            assertThat(cut.reachedBy(call)).isTrue();
            assertThat(call)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(BackendException.class)
                    .withMessageContaining("the server has closed the connection");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLostOnOneConnectionGoesOutOnAnother(boolean reading) throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                HoldingProxy proxy = new HoldingProxy(server.port());
                Backend backend = new RedisBackend(settings(proxy.url(), Duration.ofSeconds(20), Map.of()))) {
            works(backend);
            for (HoldingProxy.Point point : HoldingProxy.Point.values()) {
                HoldingProxy.Stop cut = proxy.cutOnceAt(1, point);
                backend.execute(List.of(step(backend, reading)));
                assertThat(cut.isReached()).isTrue();
            }
        }
    }

    private static Step<?> step(Backend backend, boolean reading) {
        return reading ? new Step.ReadRows(List.of(row(backend))) : new Step.LockRow(row(backend), "t");
    }

    private static Row row(Backend backend) {
        return backend.layout().namespace("dormqs:a").row("1");
    }
}
