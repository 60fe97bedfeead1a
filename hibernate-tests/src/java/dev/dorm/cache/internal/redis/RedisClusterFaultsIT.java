package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster whose slots move, and whose master dies, while transactions work on it, and another process keeps rows. */
class RedisClusterFaultsIT {

    private static final int BOOKS = 40;
    private static final String[] SLOTS = {
        RedisCluster.slots(0, 5460), RedisCluster.slots(5461, 10922), RedisCluster.slots(10923, 16383)
    };

    private final List<OwnRedis> servers = new ArrayList<>();
    private CachedFactory one;
    private CachedFactory two;
    private CachedFactory keeping;

    private final AtomicBoolean loading = new AtomicBoolean(true);
    private final AtomicInteger worked = new AtomicInteger();
    private final AtomicReference<RuntimeException> failed = new AtomicReference<>();

    @BeforeEach
    void start() {
        for (int i = 0; i < 4; i++) {
            servers.add(RedisServer.startNode("--cluster-node-timeout", "2000"));
        }
        for (int i = 0; i < SLOTS.length; i++) {
            Ask.server(servers.get(i), "cluster", ("addslots " + SLOTS[i]).split(" "));
            Ask.server(servers.get(i), "cluster", "set-config-epoch", String.valueOf(i + 1));
        }
        for (OwnRedis server : servers) {
            Ask.server(servers.get(0), "cluster", "meet", "127.0.0.1", "" + server.port(), "" + server.nodePort());
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(servers)
                .allSatisfy(server ->
                        assertThat(Ask.server(server, "cluster", "info")).contains("cluster_known_nodes:4")));
        Ask.server(servers.get(3), "cluster", "replicate", id(0));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(Ask.server(servers.get(3), "info", "replication")).contains("master_link_status:up");
            assertThat(servers).allSatisfy(server -> assertThat(Ask.server(server, "cluster", "info"))
                    .contains("cluster_state:ok"));
        });
        String nodes = String.join(
                ",",
                servers.stream().map(server -> "127.0.0.1:" + server.port()).toList());
        one = CachedFactory.on(CacheBackend.LOCMEM, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.backend", "redis")
                .set("hibernate.cache.dorm.location", "redis+cluster://" + nodes)
                .set("hibernate.cache.dorm.options.scanInterval", "500")
                .set("hibernate.cache.dorm.timeout", "500ms")
                .build();
        two = one.another(Book.class).cacheAll(AccessType.READ_WRITE).build();
        keeping = one.another(Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.near", "all")
                .set("hibernate.cache.dorm.ttl", "0")
                .build();
        one.inTransaction(session -> {
            for (int id = 1; id <= BOOKS; id++) {
                session.persist(new Book(id, "0"));
            }
        });
        cachesAgain(one);
        cachesAgain(two);
    }

    @AfterEach
    void stop() {
        keeping.close();
        two.close();
        one.close();
        servers.forEach(OwnRedis::close);
    }

    private String id(int server) {
        return Ask.server(servers.get(server), "cluster", "myid");
    }

    /**
     * Reads all books, each of which must show what was last written, until all come from the cache: a writer that the
     * fault has cut off between its lock and its unlock leaves the lock for 60 s.
     */
    private void cachesAgain(CachedFactory factory) {
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            factory.statements().clear();
            for (long id = 1; id <= BOOKS; id++) {
                long each = id;
                String title = factory.fromTransaction(
                        session -> session.find(Book.class, each).title());
                assertThat(title).isEqualTo("" + worked.get());
            }
            return factory.statements().all().isEmpty();
        });
    }

    /** Reads from the process that keeps rows until it hears of them, which may be a window later. */
    private void keepsAgain() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(titles()).containsOnly("" + worked.get()));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            long before = keeping.cache().statistics().getNearHits();
            assertThat(titles()).containsOnly("" + worked.get());
            return keeping.cache().statistics().getNearHits() - before == BOOKS;
        });
    }

    private List<String> titles() {
        List<String> titles = new ArrayList<>();
        for (long id = 1; id <= BOOKS; id++) {
            long each = id;
            titles.add(keeping.fromTransaction(
                    session -> session.find(Book.class, each).title()));
        }
        return titles;
    }

    private void readAndKeep() {
        try {
            while (loading.get()) {
                titles();
            }
        } catch (RuntimeException e) {
            failed.set(e);
        }
    }

    private void load() {
        try {
            while (loading.get()) {
                one.inTransaction(session -> {
                    for (long id = 1; id <= BOOKS; id++) {
                        session.find(Book.class, id).retitle("" + (worked.get() + 1));
                    }
                });
                worked.incrementAndGet();
            }
        } catch (RuntimeException e) {
            failed.set(e);
        }
    }

    private interface Fault {
        void happen() throws Exception;
    }

    private void underLoad(Fault fault) throws Exception {
        keepsAgain();
        Thread load = new Thread(this::load);
        load.start();
        Thread reading = new Thread(this::readAndKeep);
        reading.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> worked.get() > 5);
        fault.happen();
        int before = worked.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> worked.get() > before + 5);
        loading.set(false);
        load.join();
        reading.join();
        assertThat(failed.get()).isNull();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.cache().statistics().getPendingInvalidations() == 0);
        cachesAgain(two);
        cachesAgain(one);
        keepsAgain();
        // What is kept now is heard of, wherever it stands by now.
        one.inTransaction(session -> {
            for (long id = 1; id <= BOOKS; id++) {
                session.find(Book.class, id).retitle("" + (worked.get() + 1));
            }
        });
        worked.incrementAndGet();
        keepsAgain();
    }

    @Test
    void aMasterDiesAndItsReplicaTakesItsPlace() throws Exception {
        underLoad(() -> {
            servers.get(0).kill();
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                assertThat(Ask.server(servers.get(3), "info", "replication")).contains("role:master");
                assertThat(Ask.server(servers.get(1), "cluster", "info")).contains("cluster_state:ok");
            });
        });
    }

    @Test
    void slotsMoveWhileTheyAreUsed() throws Exception {
        underLoad(() -> {
            Namespace namespace =
                    one.cache().backend().layout().namespace(one.cache().cacheNamespace(Book.class));
            int moved = 0;
            for (Shard shard : namespace.shards()) {
                String slot = Ask.server(servers.get(1), "cluster", "keyslot", shard.versionKey());
                if (Integer.parseInt(slot) >= 5461 && Integer.parseInt(slot) <= 10922) {
                    move(slot, 1, 2);
                    moved++;
                }
            }
            assertThat(moved).isPositive();
        });
    }

    private void move(String slot, int from, int to) {
        OwnRedis source = servers.get(from);
        OwnRedis target = servers.get(to);
        Ask.server(target, "cluster", "setslot", slot, "importing", id(from));
        Ask.server(source, "cluster", "setslot", slot, "migrating", id(to));
        String keys = Ask.server(source, "cluster", "getkeysinslot", slot, "100");
        while (!keys.isEmpty()) {
            List<String> words =
                    new ArrayList<>(List.of("127.0.0.1", "" + target.port(), "", "0", "5000", "replace", "keys"));
            words.addAll(List.of(keys.split("\n")));
            Ask.server(source, "migrate", words.toArray(new String[0]));
            keys = Ask.server(source, "cluster", "getkeysinslot", slot, "100");
        }
        Ask.server(target, "cluster", "setslot", slot, "node", id(to));
        Ask.server(source, "cluster", "setslot", slot, "node", id(to));
    }
}
