package com.example.quickstart;

import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;

/** One instance of the application: it works on the database through a session factory of its own. */
final class Application implements AutoCloseable {

    private final EntityManagerFactory factory;
    private final boolean cached;

    /**
     * Starts an instance.
     *
     * @param settings what is not in {@code persistence.xml}: where the database and the entries are
     * @param cached whether it caches
     */
    Application(Map<String, ?> settings, boolean cached) {
        this.cached = cached;
        Map<String, Object> all = new HashMap<>(settings);
        all.put("hibernate.cache.use_second_level_cache", cached);
        all.put("hibernate.cache.use_query_cache", cached);
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

    /** Returns what dorm has counted. */
    CacheStatistics statistics() {
        return cache().statistics();
    }

    /** Works, and says what it took, by Hibernate's statistics. */
    <T> Measured<T> measure(Supplier<T> work) {
        Statistics statistics = factory.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();
        long callsBefore = calls();
        long began = System.nanoTime();
        T result = work.get();
        long millis = (System.nanoTime() - began) / 1_000_000;
        long hits = statistics.getSecondLevelCacheHitCount()
                + statistics.getNaturalIdCacheHitCount()
                + statistics.getQueryCacheHitCount();
        return new Measured<>(result, statistics.getPrepareStatementCount(), hits, calls() - callsBefore, millis);
    }

    private long calls() {
        return cached ? statistics().getCalls() : 0;
    }

    /** Makes everything dead that is cached. */
    void empty() {
        factory.unwrap(SessionFactory.class).getCache().evictAllRegions();
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
