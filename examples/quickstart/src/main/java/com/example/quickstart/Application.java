package com.example.quickstart;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.coherence.Counter;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** One instance of the application: it works on the database through a session factory of its own. */
final class Application implements AutoCloseable {

    private final EntityManagerFactory factory;
    private final Statements statements = new Statements();
    private final boolean cached;

    /**
     * Starts an instance.
     *
     * @param settings what is not in {@code persistence.xml}: where the database and the entries are
     * @param cached whether it caches
     */
    Application(Map<String, ?> settings, boolean cached) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("hibernate.session_factory.statement_inspector", statements);
        all.put("hibernate.cache.use_second_level_cache", cached);
        all.put("hibernate.cache.use_query_cache", cached);
        this.cached = cached;
        this.factory = Persistence.createEntityManagerFactory("quickstart", all);
    }

    EntityManagerFactory factory() {
        return factory;
    }

    DormCache cache() {
        return DormCache.of(factory);
    }

    /** Answers one request: in a session and a transaction of its own, as a web application would. */
    <T> T request(Function<EntityManager, T> work) {
        return factory.callInTransaction(work::apply);
    }

    long count(Counter counter) {
        return cached ? cache().counters().get(counter) : 0;
    }

    /** Works, and says what it took. */
    <T> Measured<T> measure(Supplier<T> work) {
        long sql = statements.sent();
        long hits = count(Counter.HIT);
        long began = System.nanoTime();
        T result = work.get();
        long millis = (System.nanoTime() - began) / 1_000_000;
        return new Measured<>(result, statements.sent() - sql, count(Counter.HIT) - hits, millis);
    }

    /** Answers one request, and says what it took. */
    <T> Measured<T> measuredRequest(Function<EntityManager, T> work) {
        return measure(() -> request(work));
    }

    @Override
    public void close() {
        factory.close();
    }
}
