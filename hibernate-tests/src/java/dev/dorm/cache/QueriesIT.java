package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.jpa.HibernateHints;
import org.hibernate.query.Query;
import org.hibernate.stat.CacheRegionStatistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of query is cached, from the very first execution, for as long as it says. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class QueriesIT {

    private static final String ALL = "from Book order by id";

    @Entity(name = "HotList")
    @NamedQuery(
            name = "hot",
            query = "select b.title from Book b order by b.id",
            hints = {
                @QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true"),
                @QueryHint(name = HibernateHints.HINT_CACHE_REGION, value = "hot-list@60s")
            })
    @NamedQuery(
            name = "brief",
            query = "select b.title from Book b order by b.id",
            hints = {
                @QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true"),
                @QueryHint(name = HibernateHints.HINT_CACHE_REGION, value = "hot-list@1s")
            })
    static class HotList {
        @Id
        long id;
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    QueriesIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void threeBooks() {
        factory = CachedFactory.on(backend, Book.class, HotList.class).build();
        factory.inTransaction(session -> {
            session.persist(new Book(1, "Emma"));
            session.persist(new Book(2, "Momo"));
            session.persist(new Book(3, "Ulysses"));
        });
        factory.clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    /** Executes a query twice, and says that the second time it came from the cache. */
    private <T> List<T> cached(Function<Session, List<T>> query) {
        List<T> loaded = factory.fromTransaction(query);
        List<T> served = assertThatCache(factory).readsWithoutSql(query);
        assertThat(served).usingRecursiveComparison().isEqualTo(loaded);
        assertThat(loaded).isNotEmpty();
        return served;
    }

    private boolean isServed(Function<Session, ?> query) {
        factory.statements().clear();
        factory.fromTransaction(query);
        return factory.statements().all().isEmpty();
    }

    private static Query<String> titles(Session session) {
        return session.createQuery("select title from Book order by id", String.class);
    }

    private static List<String> hot(Session session) {
        return session.createNamedQuery("hot", String.class).list();
    }

    @Test
    void hqlOfEntities() {
        List<Book> books = cached(session ->
                session.createQuery(ALL, Book.class).setCacheable(true).list());
        assertThat(books).extracting(Book::title).containsExactly("Emma", "Momo", "Ulysses");
    }

    @Test
    void hqlOfColumns() {
        List<Object[]> rows = cached(
                session -> session.createQuery("select id, title, length(title) from Book order by id", Object[].class)
                        .setCacheable(true)
                        .list());
        assertThat(rows.get(1)).containsExactly(2L, "Momo", 4);
    }

    @Test
    void criteria() {
        List<Book> books = cached(session -> {
            var query = session.getCriteriaBuilder().createQuery(Book.class);
            var book = query.from(Book.class);
            query.where(session.getCriteriaBuilder().like(book.get("title"), "%m%"))
                    .orderBy(session.getCriteriaBuilder().asc(book.get("id")));
            return session.createQuery(query).setCacheable(true).list();
        });
        assertThat(books).extracting(Book::title).containsExactly("Emma", "Momo");
    }

    @Test
    void nativeSql() {
        List<String> names =
                cached(session -> session.createNativeQuery("select title from Book order by id", String.class)
                        .addSynchronizedEntityClass(Book.class)
                        .setCacheable(true)
                        .list());
        assertThat(names).hasSize(3);
        List<Book> books = cached(session -> session.createNativeQuery("select * from Book order by id", Book.class)
                .setCacheable(true)
                .list());
        assertThat(books).hasSize(3);
    }

    @Test
    void aNamedQueryByItsAnnotationsAlone() {
        assertThat(cached(QueriesIT::hot)).containsExactly("Emma", "Momo", "Ulysses");
        assertThat(factory.get().getCache().getQueryResultsCache("hot-list@60s").getRegion())
                .isNotNull();
    }

    @Test
    void byTheHintsOfJpa() {
        List<String> found = cached(session -> session.createQuery("select title from Book order by id", String.class)
                .setHint("org.hibernate.cacheable", true)
                .setHint("org.hibernate.cacheRegion", "jpa@5m")
                .getResultList());
        assertThat(found).hasSize(3);
    }

    @Test
    void fromJavaWithATimeOfItsOwn() {
        assertThat(cached(session ->
                        DormCache.cache(titles(session), Duration.ofMinutes(1)).list()))
                .hasSize(3);
        assertThat(cached(session -> DormCache.cache(titles(session).setCacheRegion("mine"), Duration.ZERO)
                        .list()))
                .hasSize(3);
    }

    @Test
    void aRegionNeverUsedBeforeServesTheSecondExecution() {
        for (String region : List.of("fresh", "fresher", "freshest@3s")) {
            assertThat(cached(session -> titles(session)
                            .setCacheable(true)
                            .setCacheRegion(region)
                            .list()))
                    .hasSize(3);
        }
    }

    @Test
    void theFirstExecutionsOfAProcessOnAWarmStoreAreServed() {
        factory.fromTransaction(session -> titles(session).setCacheable(true).list());
        factory.fromTransaction(QueriesIT::hot);
        try (CachedFactory second = factory.another(Book.class, HotList.class).build()) {
            List<String> served = assertThatCache(second)
                    .readsWithoutSql(
                            session -> titles(session).setCacheable(true).list());
            assertThat(served).hasSize(3);
            second.fromTransaction(QueriesIT::hot);
            assertThat(assertThatCache(second).readsWithoutSql(QueriesIT::hot)).hasSize(3);
        }
    }

    @Test
    void aTimeOfItsOwnEnds() {
        Function<Session, List<String>> brief =
                session -> session.createNamedQuery("brief", String.class).list();
        factory.fromTransaction(brief);
        Function<Session, List<String>> fromJava = session ->
                DormCache.cache(titles(session), Duration.ofSeconds(1)).list();
        factory.fromTransaction(fromJava);
        factory.fromTransaction(QueriesIT::hot);
        await().atMost(Duration.ofSeconds(10)).until(() -> !isServed(brief));
        await().atMost(Duration.ofSeconds(10)).until(() -> !isServed(fromJava));
        assertThat(isServed(QueriesIT::hot)).as("the one of 60s").isTrue();
    }

    @Test
    void aResultOfALongerTimeIsNotServedForAShorterOne() {
        cached(QueriesIT::hot);
        assertThat(isServed(session ->
                        session.createNamedQuery("brief", String.class).list()))
                .isFalse();
        assertThat(isServed(QueriesIT::hot)).isTrue();
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> factory.fromTransaction(session -> titles(session)
                        .setCacheable(true)
                        .setCacheRegion("r@6x")
                        .list()))
                .hasStackTraceContaining("Query region 'r@6x': '6x' is no time to live");
        List<String> address = cached(session ->
                titles(session).setCacheable(true).setCacheRegion("me@home").list());
        assertThat(address).hasSize(3);
    }

    @Test
    void evictingARegionForgetsItsResultsOfEveryTime() {
        cached(QueriesIT::hot);
        cached(session ->
                titles(session).setCacheable(true).setCacheRegion("hot-list").list());
        cached(session -> titles(session).setCacheable(true).list());
        factory.get().getCache().evictQueryRegion("hot-list");
        assertThat(isServed(QueriesIT::hot)).isFalse();
        assertThat(isServed(session -> titles(session)
                        .setCacheable(true)
                        .setCacheRegion("hot-list")
                        .list()))
                .isFalse();
        assertThat(isServed(session -> titles(session).setCacheable(true).list()))
                .as("another region")
                .isTrue();
    }

    @Test
    void evictingTheTimedRegionForgetsTheResult() {
        cached(QueriesIT::hot);
        factory.get().getCache().evictQueryRegion("hot-list@60s");
        assertThat(isServed(QueriesIT::hot)).isFalse();
    }

    @Test
    void evictingReachesEveryProcess() {
        try (CachedFactory second = factory.another(Book.class, HotList.class).build()) {
            cached(session -> titles(session).setCacheable(true).list());
            second.get().getCache().evictDefaultQueryRegion();
            assertThat(isServed(session -> titles(session).setCacheable(true).list()))
                    .isFalse();
            cached(QueriesIT::hot);
            second.fromTransaction(QueriesIT::hot);
            second.get().getCache().evictQueryRegions();
            assertThat(isServed(QueriesIT::hot)).isFalse();
            cached(QueriesIT::hot);
            second.get().getCache().evictAllRegions();
            assertThat(isServed(QueriesIT::hot)).isFalse();
        }
    }

    @Test
    void evictingTheTimestampsMakesAllResultsStaleEverywhere() {
        try (CachedFactory second = factory.another(Book.class, HotList.class).build()) {
            cached(QueriesIT::hot);
            cached(session -> titles(session).setCacheable(true).list());
            // Not evictRegion(its name): EnabledCaching knows no region of timestamps by name.
            second.get().getCache().getTimestampsCache().getRegion().clear();
            assertThat(isServed(QueriesIT::hot)).isFalse();
            assertThat(isServed(session -> titles(session).setCacheable(true).list()))
                    .isFalse();
            cached(QueriesIT::hot);
        }
    }

    @Test
    void parametersAndLimitsAreDifferentResults() {
        Function<Session, Query<String>> like = session -> session.createQuery(
                        "select title from Book where title like :like order by id", String.class)
                .setCacheable(true);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(factory.<List<String>>fromTransaction(session ->
                            like.apply(session).setParameter("like", "E%").list()))
                    .containsExactly("Emma");
            assertThat(factory.<List<String>>fromTransaction(session ->
                            like.apply(session).setParameter("like", "%o").list()))
                    .containsExactly("Momo");
            assertThat(factory.<List<String>>fromTransaction(session -> like.apply(session)
                            .setParameter("like", "%")
                            .setMaxResults(1)
                            .list()))
                    .containsExactly("Emma");
            assertThat(factory.<List<String>>fromTransaction(session -> like.apply(session)
                            .setParameter("like", "%")
                            .setFirstResult(1)
                            .setMaxResults(1)
                            .list()))
                    .containsExactly("Momo");
            assertThat(factory.<List<String>>fromTransaction(session ->
                            like.apply(session).setParameter("like", "none").list()))
                    .isEmpty();
        }
        assertThatCache(factory).queryHits(5).statements(5);
    }

    @Test
    void cacheModesOfAQuery() {
        Function<CacheMode, Function<Session, List<String>>> with = mode ->
                session -> titles(session).setCacheable(true).setCacheMode(mode).list();
        // CacheMode.GET puts, too: JdbcSelectExecutorStandardImpl keeps the key of its lookup for the result.
        factory.fromTransaction(with.apply(CacheMode.PUT));
        assertThat(isServed(with.apply(CacheMode.PUT))).as("PUT does not get").isFalse();
        assertThat(isServed(with.apply(CacheMode.GET))).isTrue();
        assertThat(isServed(with.apply(CacheMode.IGNORE))).isFalse();
        factory.get().getCache().evictDefaultQueryRegion();
        factory.fromTransaction(with.apply(CacheMode.REFRESH));
        assertThat(isServed(with.apply(CacheMode.NORMAL))).isTrue();
    }

    @Test
    void statisticsCountWhatHappened() {
        for (int i = 0; i < 3; i++) {
            factory.fromTransaction(QueriesIT::hot);
        }
        assertThat(factory.statistics().getQueryCacheMissCount()).isEqualTo(1);
        assertThat(factory.statistics().getQueryCachePutCount()).isEqualTo(1);
        assertThat(factory.statistics().getQueryCacheHitCount()).isEqualTo(2);
        assertThat(factory.statistics().getUpdateTimestampsCacheHitCount()).isEqualTo(2);
        CacheRegionStatistics region = factory.statistics().getQueryRegionStatistics("hot-list@60s");
        assertThat(region).isNotNull();
        assertThat(region.getHitCount()).isEqualTo(2);
        assertThat(region.getMissCount()).isEqualTo(1);
        assertThat(region.getPutCount()).isEqualTo(1);

        factory.inTransaction(session -> session.persist(new Book(4, "Nana")));
        assertThat(factory.statistics().getUpdateTimestampsCachePutCount()).isEqualTo(2);
        factory.fromTransaction(QueriesIT::hot);
        assertThat(factory.statistics().getQueryCacheMissCount()).isEqualTo(2);
        assertThat(factory.statistics().getQueryCachePutCount()).isEqualTo(2);
        assertThat(factory.statistics().getQueryCacheHitCount()).isEqualTo(2);
        // As Hibernate's own cache counts: the timestamp that made the result stale was found.
        assertThat(factory.statistics().getUpdateTimestampsCacheHitCount()).isEqualTo(3);
        assertThat(factory.statistics().getUpdateTimestampsCacheMissCount()).isZero();
    }

    @Test
    void aTableWhoseRecordIsLostIsCountedAsAMissOfTheTimestamps() {
        cached(QueriesIT::hot);
        factory.statistics().clear();
        String prefix = factory.get().getSessionFactoryOptions().getCacheRegionPrefix();
        String clock = prefix == null || prefix.isEmpty() ? "dormclk" : "dormclk@" + prefix;
        assertThat(factory.cache().backend().delete(clock + ":Book")).isTrue();
        assertThat(isServed(QueriesIT::hot)).isFalse();
        assertThat(factory.statistics().getUpdateTimestampsCacheMissCount()).isEqualTo(1);
        assertThat(factory.statistics().getUpdateTimestampsCacheHitCount()).isZero();
        cached(QueriesIT::hot);
    }

    @Test
    void outsideATransactionToo() {
        for (int pass = 0; pass < 2; pass++) {
            factory.statements().clear();
            try (Session session = factory.get().openSession()) {
                assertThat(titles(session).setCacheable(true).list()).hasSize(3);
            }
        }
        assertThatCache(factory).statements(0);
    }
}
