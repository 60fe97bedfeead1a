package dev.dorm.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.ClassPath;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;

/** An application that logs everything there is tells neither its keys nor its password. */
class SecretsIT {

    private static final String KEY = "signing key 7f3b09c1/+=";
    private static final String FALLBACK = "fallback key a94e55d2";
    private static final String SECRET = "secret key 1c6d77ab of it";
    private static final String PASSWORD = "password e0b7:41@f3";
    private static final String WRONG = "wrong password 5d2c90";
    private static final String DONE = "done: everything was tried";

    @Test
    void nothingThatIsPrintedTellsASecret() throws Exception {
        try (OwnRedis redis = RedisServer.startOwn("--requirepass", PASSWORD)) {
            String output = run(redis);
            assertThat(output).contains(DONE, "DEBUG", "bad_signature=", "WRONGPASS", "expected at least 16 bytes");
            for (String secret : List.of(KEY, FALLBACK, SECRET, PASSWORD, WRONG, "short key")) {
                TestSecrets.forms(secret)
                        .forEach(form -> assertThat(output.lines().filter(line -> line.contains(form)))
                                .as("lines that tell '%s' as '%s'", secret, form)
                                .isEmpty());
            }
        }
    }

    private static String run(OwnRedis redis) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                "-Dorg.slf4j.simpleLogger.log.dev.dorm.cache=trace",
                "-Dorg.slf4j.simpleLogger.log.org.redisson=trace",
                "-Dorg.jboss.logging.provider=slf4j",
                "-cp",
                ClassPath.ofThisJvm(),
                SecretsIT.class.getName(),
                "" + redis.port());
        Process process = java.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    /**
     * The application: does what it can, goes wrong where it can, and prints what it is told.
     *
     * @param port Redis's
     */
    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String... port) {
        CachedFactory.Builder builder = with(port[0], PASSWORD);
        try (CachedFactory factory = builder.build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            read(factory);
            String key = "dormrow:" + factory.cache().cacheNamespace(Book.class) + ":1";
            byte[] entry = factory.cache().backend().get(key).clone();
            entry[15] ^= 1;
            factory.cache().backend().set(key, entry);
            read(factory);
            System.out.println(factory.cache().statistics().getRejectedEntries());
            System.out.println(factory.cache() + " " + factory.cache().backend() + " "
                    + factory.cache().statistics() + " "
                    + factory.get().getCache().getRegionFactory());
        }
        try (CachedFactory factory = with(port[0], WRONG).build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            read(factory);
        }
        for (String[] wrong : new String[][] {
            {DormSettings.SIGNING_KEY, "short key"},
            {DormSettings.LOCATION, "redis://user:" + TestSecrets.encoded(PASSWORD) + "@nowhere:99999999/"},
            {DormSettings.OPTIONS + "sslKeystorePasswort", PASSWORD},
            {DormSettings.REQUIRE_SIGNING_KEY, "perhaps"}
        }) {
            try {
                with(port[0], PASSWORD).set(wrong[0], secret(wrong[1])).build().close();
            } catch (RuntimeException expected) {
                expected.printStackTrace(System.out);
            }
        }
        System.out.println(DONE);
    }

    private static CachedFactory.Builder with(String port, String password) {
        return CachedFactory.of(Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set(
                        DormSettings.LOCATION,
                        secret("redis://:" + TestSecrets.encoded(password) + "@127.0.0.1:" + port + "/0"))
                .set(DormSettings.SIGNING_KEY, secret(KEY))
                .set(DormSettings.SECRET_KEY, secret(SECRET))
                .set(DormSettings.SIGNING_KEY_FALLBACKS, secret(FALLBACK));
    }

    /** Hibernate logs settings as they are given. */
    private static Supplier<String> secret(String value) {
        return () -> value;
    }

    private static void read(CachedFactory factory) {
        for (int i = 0; i < 3; i++) {
            factory.inTransaction(session -> session.find(Book.class, 1L));
        }
    }
}
