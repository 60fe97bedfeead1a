package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.TestSecrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;

/** Who logs in changes while connections are open, and nothing fails. */
class CredentialsIT {

    private static final int CHANGES = 6;

    private OwnRedis server;

    @BeforeEach
    void start() {
        server = RedisServer.startOwn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What an application has that is given a new token every few minutes. */
    private static class Tokens implements CredentialsResolver {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile Credentials current;
        private volatile CompletableFuture<Void> renewal = new CompletableFuture<>();

        Tokens(String user, String password) {
            current = new Credentials(user, password);
        }

        void renew(String user, String password) {
            current = new Credentials(user, password);
            CompletableFuture<Void> before = renewal;
            renewal = new CompletableFuture<>();
            before.complete(null);
        }

        @Override
        public CompletionStage<Credentials> resolve(InetSocketAddress address) {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(current);
        }

        @Override
        public CompletionStage<Void> nextRenewal() {
            return renewal;
        }
    }

    private static String password(int number) {
        return TestSecrets.PASSWORD + number;
    }

    private void grant(String user, int password, String... more) {
        List<String> words =
                new ArrayList<>(List.of("setuser", user, "on", ">" + password(password), "+@all", "~*", "&*"));
        words.addAll(List.of(more));
        Ask.server(server, "acl", words.toArray(new String[0]));
    }

    private CachedFactory.Builder cached(CachedFactory.Builder builder, Tokens tokens) {
        return builder.cacheAll(AccessType.READ_WRITE)
                .set(DormSettings.BACKEND, "redis")
                .set(DormSettings.LOCATION, server.url())
                .set(DormSettings.CREDENTIALS, tokens)
                .set(DormSettings.NEAR, "all");
    }

    private BackendSettings settings(Object credentials) {
        return RedisBackendIT.settings(server.url()).withCredentials(credentials);
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private static long failedCalls(CachedFactory factory) {
        return factory.cache().statistics().getFailedCalls();
    }

    /** Reads and writes by two applications until told to stop; the change is made, and lasts, meanwhile. */
    private static void underLoad(CachedFactory one, CachedFactory two, Runnable change) throws InterruptedException {
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicLong worked = new AtomicLong();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (CachedFactory each : List.of(one, two)) {
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        while (going.get()) {
                            long number = worked.incrementAndGet();
                            if (number % 10 == 0) {
                                each.inTransaction(
                                        session -> session.find(Book.class, 2L).retitle("" + number));
                            }
                            title(each);
                        }
                    } catch (RuntimeException | Error e) {
                        failed.compareAndSet(null, e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
        }
        try {
            for (int i = 1; i <= CHANGES; i++) {
                long before = worked.get();
                change.run();
                await().atMost(Duration.ofSeconds(30)).until(() -> failed.get() != null || worked.get() > before + 100);
            }
        } finally {
            going.set(false);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failed.get()).isNull();
    }

    /** {@code -Dcredentials.period=5s} changes the password every five seconds, for half a minute. */
    @Test
    void aPasswordThatChangesUnderLoadFailsNothing() throws InterruptedException {
        Duration period = Duration.parse(
                "PT" + System.getProperty("credentials.period", "1s").toUpperCase(java.util.Locale.ROOT));
        grant("app", 0);
        Tokens tokens = new Tokens("app", password(0));
        try (CachedFactory one = cached(CachedFactory.of(Book.class), tokens).build();
                CachedFactory two = cached(one.another(Book.class), tokens).build()) {
            one.inTransaction(session -> session.persist(new Book(1, "one")));
            one.inTransaction(session -> session.persist(new Book(2, "two")));
            AtomicInteger number = new AtomicInteger();
            AtomicLong failedLater = new AtomicLong();
            underLoad(one, two, () -> {
                int next = number.incrementAndGet();
                // As tokens do, the last one holds for a while yet, and none before it.
                grant("app", next, next > 1 ? "<" + password(next - 2) : "+@all");
                tokens.renew("app", password(next));
                try (CachedFactory another =
                        cached(one.another(Book.class), tokens).build()) {
                    await().during(period).atMost(period.plusSeconds(20)).until(() -> title(another)
                            .equals("one"));
                    failedLater.addAndGet(failedCalls(another));
                }
            });
            assertThat(failedCalls(one) + failedCalls(two) + failedLater.get()).isZero();
            assertThat(one.cache().statistics().getBreakers().values()).containsOnly("CLOSED");
        }
    }

    /** A user who is deleted takes all connections along that have not logged in again. */
    @Test
    void openConnectionsLogInAgain() throws InterruptedException {
        grant("app0", 0);
        Tokens tokens = new Tokens("app0", password(0));
        try (CachedFactory one = cached(CachedFactory.of(Book.class), tokens).build();
                CachedFactory two = cached(one.another(Book.class), tokens).build()) {
            one.inTransaction(session -> session.persist(new Book(1, "one")));
            one.inTransaction(session -> session.persist(new Book(2, "two")));
            AtomicInteger number = new AtomicInteger();
            underLoad(one, two, () -> {
                int next = number.incrementAndGet();
                grant("app" + next, next);
                tokens.renew("app" + next, password(next));
                String former = "user=app" + (next - 1);
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                                Ask.server(server, "client", "list").lines())
                        .noneMatch(line -> line.contains(former + " ")));
                Ask.server(server, "acl", "deluser", "app" + (next - 1));
            });
            assertThat(failedCalls(one) + failedCalls(two)).isZero();
        }
    }

    /** Each connection is given what is renewed before it is open, until there is nothing older. */
    @Test
    void aConnectionThatIsBeingOpenedMissesNoRenewal() throws Exception {
        grant("app0", 0);
        grant("app1", 1);
        AtomicBoolean first = new AtomicBoolean(true);
        Tokens tokens = new Tokens("app0", password(0)) {
            @Override
            public CompletionStage<Credentials> resolve(InetSocketAddress address) {
                CompletionStage<Credentials> resolved = super.resolve(address);
                if (first.getAndSet(false)) {
                    renew("app1", password(1));
                }
                return resolved;
            }
        };
        try (Backend backend = new RedisBackend(settings(tokens))) {
            backend.get("key");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Ask.server(server, "client", "list"))
                    .contains("user=app1 ")
                    .doesNotContain("user=app0 "));
        }
    }

    /** Between leaving a channel and coming back to it a message would be missed. */
    @Test
    void aListenerThatLogsInAgainHasLostTheChannel() {
        grant("app", 0);
        Tokens tokens = new Tokens("app", password(0));
        AtomicInteger losses = new AtomicInteger();
        Listener listener = new Listener() {
            @Override
            public void changed(String key) {
                // Nothing changes here.
            }

            @Override
            public void lost() {
                losses.incrementAndGet();
            }

            @Override
            public void lost(String channel) {
                // Not the channel, but the connection is lost.
            }
        };
        try (Backend backend = new RedisBackend(settings(tokens));
                Listening listening = backend.listen(listener)) {
            String channel = backend.layout()
                    .namespace("dormqs:shop.Book")
                    .row("1")
                    .shard()
                    .channel();
            await().atMost(Duration.ofSeconds(20)).until(() -> hears(listening, channel));
            int before = losses.get();
            tokens.renew("app", password(0));
            await().atMost(Duration.ofSeconds(20)).until(() -> losses.get() > before);
            await().atMost(Duration.ofSeconds(20)).until(() -> hears(listening, channel));
        }
    }

    private static boolean hears(Listening listening, String channel) {
        return listening
                .beat(List.of(channel))
                .handle((told, failure) -> failure == null && told.contains(channel))
                .join();
    }

    @Test
    void aClassMayBeNamed() throws Exception {
        grant("app", 0);
        try (Backend backend = new RedisBackend(settings(ByName.class.getName()))) {
            backend.set("key", new byte[] {1});
            assertThat(Ask.server(server, "client", "list")).contains("user=app ");
        }
    }

    /** What a setting may name. */
    public static final class ByName extends Tokens {

        /** Creates it. */
        public ByName() {
            super("app", password(0));
        }
    }

    @Test
    void aWrongPasswordIsNotTold() throws Exception {
        grant("app", 0);
        try (Backend backend = new RedisBackend(settings(new Tokens("app", TestSecrets.WRONG_PASSWORD)))) {
            assertThatThrownBy(() -> backend.get("key"))
                    .isInstanceOf(BackendException.class)
                    .satisfies(failure -> {
                        StringWriter trace = new StringWriter();
                        failure.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString())
                                .doesNotContain(TestSecrets.WRONG_PASSWORD)
                                .contains("WRONGPASS");
                    });
        }
    }

    @Test
    void aResolverThatFailsIsTheCause() throws Exception {
        CredentialsResolver failing = address -> {
            throw new IllegalStateException("the vault is closed");
        };
        try (Backend backend = new RedisBackend(settings(failing))) {
            assertThatThrownBy(() -> backend.get("key"))
                    .isInstanceOf(BackendException.class)
                    .hasStackTraceContaining("the vault is closed");
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        Tokens tokens = new Tokens("app", password(0));
        for (BackendSettings each : List.of(
                settings(tokens).withLocation("redis://app:p@127.0.0.1:1"),
                settings(tokens).withLocation("redis+sentinel://127.0.0.1:1/books"),
                settings(new Object()),
                settings("com.example.NoSuchClass"),
                settings(String.class))) {
            assertThatThrownBy(() -> new RedisBackend(each))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hibernate.cache.dorm.credentials");
        }
    }
}
