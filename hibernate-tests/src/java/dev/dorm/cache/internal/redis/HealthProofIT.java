package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that answers, but is no master any more that takes locks: nothing of it is served from a second later on. */
class HealthProofIT {

    private static final String LOGIN = "shop:secret@";

    private static CachedFactory.Builder builder(OwnRedis server, boolean near) {
        return CachedFactory.of(Book.class)
                .set("hibernate.cache.dorm.location", server.url().replace("//", "//" + LOGIN))
                .set("hibernate.cache.dorm.near", near ? "all" : "off");
    }

    private static OwnRedis server() {
        OwnRedis server = RedisServer.startOwn();
        Ask.server(server, "acl", "setuser", "shop", "on", ">secret", "allkeys", "allchannels", "allcommands");
        return server;
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private static void hits(CachedFactory factory, String title) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            long before = factory.statistics().getSecondLevelCacheHitCount();
            assertThat(title(factory)).isEqualTo(title);
            assertThat(factory.statistics().getSecondLevelCacheHitCount()).isGreaterThan(before);
        });
    }

    private record Ill(String name, String[] falls, String[] recovers) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Arguments> illnesses() {
        return Stream.of(
                        new Ill(
                                "too few replicas",
                                new String[] {"config", "set", "min-replicas-to-write", "1"},
                                new String[] {"config", "set", "min-replicas-to-write", "0"}),
                        new Ill(
                                "no right to run scripts",
                                new String[] {"acl", "setuser", "shop", "-evalsha", "-eval"},
                                new String[] {"acl", "setuser", "shop", "+evalsha", "+eval"}),
                        new Ill("a replica in place", new String[] {"replicaof", "127.0.0.1", "1"}, new String[] {
                            "replicaof", "no", "one"
                        }))
                .flatMap(ill -> Stream.of(Arguments.of(ill, false), Arguments.of(ill, true)));
    }

    private static void tell(OwnRedis server, String[] words) {
        Ask.server(server, words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    @ParameterizedTest
    @MethodSource("illnesses")
    void nothingIsServedThatCannotBeLocked(Ill ill, boolean near) {
        try (OwnRedis server = server();
                CachedFactory one = builder(server, near).build();
                CachedFactory other = one.another(Book.class)
                        .set("hibernate.cache.dorm.location", server.url().replace("//", "//" + LOGIN))
                        .set("hibernate.cache.dorm.near", near ? "all" : "off")
                        .build()) {
            one.inTransaction(session -> session.persist(new Book(1, "old")));
            hits(other, "old");

            tell(server, ill.falls);
            long fell = System.nanoTime();
            one.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            long believed = 0;
            while (System.nanoTime() - fell < 2 * ServerMemory.LEASE.toNanos()) {
                long begun = System.nanoTime();
                if (title(other).equals("old")) {
                    believed = begun - fell;
                }
            }
            assertThat(Duration.ofNanos(believed)).isLessThan(ServerMemory.LEASE);

            tell(server, ill.recovers);
            hits(other, "new");
            hits(one, "new");
        }
    }

    /** The old master lags for good, and its connections stay open. */
    @Test
    void aLockOfANewMasterCountsWhenNobodyBelievesTheOldOne() {
        try (OwnRedis old = RedisServer.startOwn();
                OwnRedis next = RedisServer.startOwn();
                CachedFactory reader = CachedFactory.of(Book.class)
                        .set("hibernate.cache.dorm.location", old.url())
                        .build()) {
            Ask.server(next, "replicaof", "127.0.0.1", "" + old.port());
            reader.inTransaction(session -> session.persist(new Book(1, "old")));
            hits(reader, "old");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(Ask.server(next, "info", "replication")).contains("master_link_status:up"));

            Ask.server(old, "replicaof", "127.0.0.1", "1");
            Ask.server(next, "replicaof", "no", "one");
            try (CachedFactory writer = reader.another(Book.class)
                    .set("hibernate.cache.dorm.location", next.url())
                    .build()) {
                CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writer.inTransaction(
                        session -> session.find(Book.class, 1L).retitle("new")));
                while (!written.isDone()) {
                    title(reader);
                }
                written.join();
                assertThat(title(reader)).isEqualTo("new");
                assertThat(writer.count(Counter.OUTAGE)).isZero();
            }
        }
    }

    /** As an operator does who restores a backup into a server that runs. */
    @Test
    void aServerThatHasLostWritesIsAnotherOne() {
        try (OwnRedis server = RedisServer.startOwn();
                CachedFactory factory = CachedFactory.of(Book.class)
                        .set("hibernate.cache.dorm.location", server.url())
                        .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "old")));
            hits(factory, "old");
            long renewals = factory.count(Counter.RENEWAL);
            Map<String, byte[]> backup = Ask.backup(server);
            factory.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            long read = System.nanoTime();
            while (System.nanoTime() - read < ServerMemory.PAUSE.multipliedBy(2).toNanos()) {
                assertThat(title(factory)).isEqualTo("new");
            }
            Ask.restore(server, backup);
            long lost = System.nanoTime();
            while (System.nanoTime() - lost < ServerMemory.LEASE.toNanos()) {
                title(factory);
            }
            assertThat(title(factory)).isEqualTo("new");
            assertThat(factory.count(Counter.RENEWAL)).isGreaterThan(renewals);
        }
    }
}
