package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import redis.clients.jedis.Jedis;

/** A writer and a reader, each behind a proxy of its own to one Redis, and one who sees the database alone. */
final class TwoProcesses implements AutoCloseable {

    /** Nobody is held for long; a client that gave up meanwhile would prove nothing. */
    static final String PATIENT = "60s";

    /** The first may learn only what the second may fill, and the third is served. */
    private static final int PASSES = 3;

    private final AccessType strategy;
    private final String onOutage;
    private final String writersTimeout;
    private final OwnRedis redis = RedisServer.startOwn();
    private final HoldingProxy readersProxy = new HoldingProxy(redis.port());
    private final CachedFactory database;
    private final CachedFactory reader;
    private HoldingProxy writersProxy = new HoldingProxy(redis.port());
    private CachedFactory writer;

    TwoProcesses(AccessType strategy, String onOutage, String writersTimeout) throws IOException {
        this.strategy = strategy;
        this.onOutage = onOutage;
        this.writersTimeout = writersTimeout;
        database = CachedFactory.of(Item.class)
                .onPostgres()
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false")
                .build();
        reader = process(readersProxy, PATIENT);
        writer = process(writersProxy, writersTimeout);
    }

    private CachedFactory process(HoldingProxy proxy, String timeout) {
        return database.another(Item.class)
                .cacheAll(strategy)
                .set("hibernate.cache.use_second_level_cache", "true")
                .set("hibernate.cache.use_query_cache", "true")
                .set("hibernate.cache.dorm.location", proxy.url())
                .set("hibernate.cache.dorm.timeout", timeout)
                .set("hibernate.cache.dorm.on_outage", onOutage)
                // The client's pings would be held instead of its requests.
                .set("hibernate.cache.dorm.options.pingConnectionInterval", "0")
                .build();
    }

    OwnRedis redis() {
        return redis;
    }

    CachedFactory writer() {
        return writer;
    }

    CachedFactory reader() {
        return reader;
    }

    HoldingProxy writersProxy() {
        return writersProxy;
    }

    HoldingProxy readersProxy() {
        return readersProxy;
    }

    /** Ends the writer, and starts another one in its place. */
    void replaceWriter() throws IOException {
        writer.close();
        writersProxy.close();
        writersProxy = new HoldingProxy(redis.port());
        writer = process(writersProxy, writersTimeout);
    }

    /** Starts from two items that both processes know, and that are cached or not. */
    void reset(boolean cached) {
        database.inTransaction(session -> {
            for (String sql : List.of("delete from Item_tags", "delete from Item")) {
                session.createNativeMutationQuery(sql).executeUpdate();
            }
            session.persist(new Item(1, "a", "old", "x"));
            session.persist(new Item(2, "b", "other"));
        });
        List<CachedFactory> both = List.of(reader, writer);
        reader.get().getCache().evictAllRegions();
        both.forEach(TwoProcesses::look);
        both.forEach(TwoProcesses::look);
        if (!cached) {
            try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
                for (String pattern : List.of("dormrow:*", "dormqs:*")) {
                    jedis.keys(pattern).forEach(jedis::unlink);
                }
            }
        }
    }

    /** Returns what a process sees of everything. */
    static String look(CachedFactory process) {
        return process.fromTransaction(TwoProcesses::see);
    }

    private static String see(Session session) {
        List<String> seen = new ArrayList<>();
        for (long id = 1; id <= 3; id++) {
            Item item = session.find(Item.class, id);
            if (item != null) {
                Hibernate.initialize(item.tags());
            }
            seen.add(id + "=" + (item == null ? "gone" : item.name() + item.tags()));
        }
        session.clear();
        for (String code : List.of("a", "b", "c")) {
            seen.add(code + "->"
                    + session.bySimpleNaturalId(Item.class)
                            .loadOptional(code)
                            .map(Item::name)
                            .orElse("nobody"));
            session.clear();
        }
        seen.add(names(session).toString());
        return seen.toString();
    }

    private static List<String> names(Session session) {
        return session.createQuery("select name from Item order by id", String.class)
                .setCacheable(true)
                .list();
    }

    /** A reader's transaction, whose snapshot is taken before it reads anything cached, and before something else. */
    void readWith(Runnable afterSnapshot) {
        try (Session session = reader.get().openSession()) {
            session.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
            session.beginTransaction();
            session.createNativeQuery("select count(*) from Item", Long.class).getSingleResult();
            afterSnapshot.run();
            Item item = session.find(Item.class, 1L);
            if (item != null) {
                Hibernate.initialize(item.tags());
            }
            session.bySimpleNaturalId(Item.class).loadOptional("a");
            session.bySimpleNaturalId(Item.class).loadOptional("b");
            names(session);
            session.getTransaction().commit();
        }
    }

    void everybodySeesTheDatabase() {
        seesTheDatabase(reader);
        seesTheDatabase(writer);
    }

    /** Says that a process, whose transactions are all fresh, sees what is committed, however often it looks. */
    void seesTheDatabase(CachedFactory process) {
        String expected = look(database);
        for (int pass = 0; pass < PASSES; pass++) {
            assertThat(look(process)).isEqualTo(expected);
        }
    }

    /** Says that a process is served the rows there are without asking the database. */
    void isServedRows(CachedFactory process) {
        isServed(process, TwoProcesses::rows);
    }

    /** Says that a process is served the rows there are, and the query's result, without asking the database. */
    void isServedEverything(CachedFactory process) {
        isServed(process, session -> {
            names(session);
            rows(session);
        });
    }

    private static void rows(Session session) {
        for (long id = 1; id <= 2; id++) {
            Item item = session.find(Item.class, id);
            if (item != null) {
                Hibernate.initialize(item.tags());
            }
        }
    }

    private void isServed(CachedFactory process, Consumer<Session> reading) {
        boolean gone = look(database).startsWith("[1=gone");
        process.inTransaction(reading);
        process.statements().clear();
        process.inTransaction(reading);
        // That a row is gone only the database knows.
        assertThat(process.statements().all()).hasSize(gone ? 1 : 0);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        reader.close();
        database.close();
        writersProxy.close();
        readersProxy.close();
        redis.close();
    }
}
