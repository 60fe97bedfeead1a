package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import jakarta.persistence.CacheStoreMode;
import java.util.List;
import org.hibernate.Cache;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hibernate's own ways to use, pass by and empty the cache mean what its documentation says. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class CacheModesIT {

    private final CacheBackend backend;
    private CachedFactory factory;

    CacheModesIT(CacheBackend backend) {
        this.backend = backend;
    }

    private void start(String... settings) {
        CachedFactory.Builder builder = CachedFactory.on(backend, Item.class).cacheAll(AccessType.READ_WRITE);
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        factory = builder.build();
        factory.inTransaction(session -> {
            session.persist(new Item(1, "a", "one", "x"));
            session.persist(new Item(2, "b", "two", "y"));
            session.persist(new Item(3, "c", "three", "z"));
        });
        factory.clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private Cache cache() {
        return factory.get().getCache();
    }

    private boolean isCached() {
        return cache().contains(Item.class, 1L);
    }

    private Item load(CacheMode mode) {
        // Session.find goes by the properties of its own call, not by Session.setCacheMode.
        return factory.fromTransaction(
                session -> session.byId(Item.class).with(mode).load(1L));
    }

    private void behindTheCache(String name) {
        factory.inTransaction(session -> session.doWork(connection -> {
            try (var statement = connection.prepareStatement("update Item set name = ?")) {
                statement.setString(1, name);
                statement.executeUpdate();
            }
        }));
    }

    @Test
    void getReadsAndPutsNothing() {
        start();
        assertThat(load(CacheMode.GET).name()).isEqualTo("one");
        assertThatCache(factory).statements(0);
        cache().evictAllRegions();
        load(CacheMode.GET);
        load(CacheMode.GET);
        assertThat(isCached()).isFalse();
    }

    @Test
    void putReadsNothingAndPuts() {
        start();
        cache().evict(Item.class, 1L);
        load(CacheMode.PUT);
        load(CacheMode.PUT);
        assertThatCache(factory).statements(2).hits(0);
        assertThat(isCached()).isTrue();
    }

    @Test
    void ignoreDoesNeither() {
        start();
        load(CacheMode.IGNORE);
        assertThatCache(factory).statements(1).hits(0).puts(0);
        cache().evictAllRegions();
        load(CacheMode.IGNORE);
        load(CacheMode.IGNORE);
        assertThat(isCached()).isFalse();
    }

    @Test
    void refreshReplacesWhatIsCached() {
        start();
        behindTheCache("changed");
        assertThat(load(CacheMode.NORMAL).name()).isEqualTo("one");
        assertThat(load(CacheMode.REFRESH).name()).isEqualTo("changed");
        assertThat(load(CacheMode.NORMAL).name()).isEqualTo("changed");
        load(CacheMode.NORMAL);
        assertThat(isCached()).isTrue();
        assertThat(load(CacheMode.NORMAL).name()).isEqualTo("changed");
    }

    /** REFRESH_SESSION, which Hibernate has since 7.4, refreshes the cache too. */
    @Test
    void everyModeThatStoresByRefreshReplacesWhatIsCached() {
        start();
        int change = 0;
        for (CacheMode mode : CacheMode.values()) {
            if (mode.getJpaStoreMode() == CacheStoreMode.REFRESH) {
                String name = "changed " + ++change;
                behindTheCache(name);
                assertThat(load(mode).name()).isEqualTo(name);
                load(CacheMode.NORMAL);
                assertThat(load(CacheMode.NORMAL).name()).isEqualTo(name);
            }
        }
        assertThat(change).isPositive();
    }

    /** Hibernate's find converts such an id; its cache API hands it over as it is. */
    @Test
    void anIdOfAnotherIntegerTypeIsTheSameId() {
        start();
        assertThat(cache().contains(Item.class, 1)).isTrue();
        cache().evict(Item.class, (short) 1);
        assertThat(cache().contains(Item.class, 1)).isFalse();
        cache().evictEntityData(Item.class.getName(), 2);
        assertThat(cache().contains(Item.class, 2L)).isFalse();
    }

    @Test
    void aRefreshedEntityReplacesWhatIsCached() {
        start();
        behindTheCache("changed");
        factory.inTransaction(session -> {
            Item item = session.find(Item.class, 1L);
            assertThat(item.name()).isEqualTo("one");
            session.refresh(item);
            assertThat(item.name()).isEqualTo("changed");
        });
        for (int pass = 0; pass < 3; pass++) {
            assertThat(load(CacheMode.NORMAL).name()).isEqualTo("changed");
        }
        assertThat(isCached()).isTrue();
    }

    @Test
    void eachKindIsEvictedByItself() {
        start();
        for (int pass = 0; pass < 2; pass++) {
            warm();
        }
        factory.statements().clear();
        warm();
        assertThatCache(factory).statements(0);

        cache().evictCollectionData(Item.class.getName() + ".tags", 1L);
        assertThat(cache().containsCollection(Item.class.getName() + ".tags", 1L))
                .isFalse();
        assertThat(isCached()).isTrue();
        costs(1);

        cache().evictCollectionData(Item.class.getName() + ".tags");
        costs(1);

        cache().evictNaturalIdData(Item.class);
        factory.statements().clear();
        factory.inTransaction(session -> session.bySimpleNaturalId(Item.class).load("a"));
        assertThatCache(factory).statements(1);

        cache().evictEntityData(Item.class, 1L);
        assertThat(isCached()).isFalse();
        assertThat(cache().contains(Item.class, 2L)).isTrue();
        costs(1);

        cache().evictEntityData();
        assertThat(cache().contains(Item.class, 2L)).isFalse();
    }

    private void warm() {
        factory.inTransaction(
                session -> assertThat(session.find(Item.class, 1L).tags()).containsExactly("x"));
        factory.inTransaction(session -> session.bySimpleNaturalId(Item.class).load("a"));
    }

    private void costs(int statements) {
        factory.statements().clear();
        warm();
        assertThatCache(factory).statements(statements);
        warm();
        factory.statements().clear();
        warm();
        assertThatCache(factory).statements(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void structuredEntriesAreServedAsTheOthers(boolean structured) {
        start("hibernate.cache.use_structured_entries", String.valueOf(structured));
        warm();
        factory.statements().clear();
        warm();
        assertThatCache(factory).statements(0);
        factory.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
        assertThat(load(CacheMode.NORMAL).name()).isEqualTo("new");
    }

    @Test
    void minimalPutsStillCache() {
        start("hibernate.cache.use_minimal_puts", "true");
        cache().evictAllRegions();
        warm();
        warm();
        factory.statements().clear();
        warm();
        assertThatCache(factory).statements(0);
        factory.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
        for (int pass = 0; pass < 3; pass++) {
            assertThat(load(CacheMode.NORMAL).name()).isEqualTo("new");
        }
    }

    /** A put that finds its row cached is counted by Hibernate, which is not told at once, and not by the cache. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyOneOfSeveralPutsIsStored(boolean minimal) {
        start("hibernate.cache.use_minimal_puts", String.valueOf(minimal));
        cache().evict(Item.class, 1L);
        load(CacheMode.NORMAL);
        load(CacheMode.NORMAL);
        assertThat(isCached()).isTrue();
        behindTheCache("changed");
        long stored = factory.count(Counter.PUT);
        for (int pass = 0; pass < 3; pass++) {
            assertThat(load(CacheMode.PUT).name()).isEqualTo("changed");
        }
        assertThat(factory.count(Counter.PUT)).isEqualTo(stored);
        assertThat(load(CacheMode.NORMAL).name()).isEqualTo("one");
    }

    @Test
    void aBatchIsFetchedFromTheCacheWhereItCan() {
        start("hibernate.default_batch_fetch_size", "10");
        cache().evict(Item.class, 2L);
        factory.inTransaction(session -> {
            List<Item> references = List.of(
                    session.getReference(Item.class, 1L),
                    session.getReference(Item.class, 2L),
                    session.getReference(Item.class, 3L));
            assertThat(references).extracting(Item::name).containsExactly("one", "two", "three");
        });
        assertThatCache(factory).statements(1).hits(2);
        Item two = factory.fromTransaction(session -> session.find(Item.class, 2L));
        assertThat(two.name()).isEqualTo("two");
    }

    @Test
    void nothingIsCachedOfADisabledCache() {
        start("hibernate.cache.use_second_level_cache", "false", "hibernate.cache.use_query_cache", "false");
        load(CacheMode.NORMAL);
        load(CacheMode.NORMAL);
        assertThatCache(factory).statements(2);
    }

    @Test
    void withoutAQueryCacheRowsAreCached() {
        start("hibernate.cache.use_query_cache", "false");
        load(CacheMode.NORMAL);
        assertThatCache(factory).statements(0).hits(1);
        try (Session session = factory.get().openSession()) {
            assertThat(session.createQuery("select name from Item where id = 1", String.class)
                            .setCacheable(true)
                            .list())
                    .containsExactly("one");
        }
        assertThatCache(factory).statements(1).queryHits(0);
    }
}
