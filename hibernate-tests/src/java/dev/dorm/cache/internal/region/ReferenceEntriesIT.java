package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.stream.LongStream;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Immutable entities that Hibernate caches by reference stay in this process, bounded, and can be evicted. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class ReferenceEntriesIT {

    @Entity(name = "Symbol")
    @Immutable
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Symbol {
        @Id
        long id;

        String name;

        Symbol() {}

        Symbol(long id) {
            this.id = id;
            this.name = "symbol" + id;
        }
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    ReferenceEntriesIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void fiveSymbols() {
        factory = CachedFactory.on(backend, Symbol.class)
                .set("hibernate.cache.use_reference_entries", "true")
                .set("hibernate.cache.dorm.max_entries", "3")
                .build();
        factory.inTransaction(session -> LongStream.rangeClosed(1, 5).forEach(id -> session.persist(new Symbol(id))));
        factory.get().getCache().evictAllRegions();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private Symbol load(long id) {
        return factory.fromTransaction(session -> session.find(Symbol.class, id));
    }

    @Test
    void theSameInstanceIsServedAndNothingLeavesTheProcess() {
        Symbol loaded = load(1);
        Symbol served = assertThatCache(factory).readsWithoutSql(session -> session.find(Symbol.class, 1L));
        assertThat(served).isSameAs(loaded);
        String key = "dormrow:" + factory.cache().cacheNamespace(Symbol.class) + ":1";
        assertThat(factory.cache().backend().get(key)).isNull();
    }

    @Test
    void theyAreBounded() {
        LongStream.rangeClosed(1, 5).forEach(this::load);
        assertThat(LongStream.rangeClosed(1, 5)
                        .filter(id -> factory.get().getCache().contains(Symbol.class, id)))
                .hasSizeBetween(1, 3);
    }

    @Test
    void theyCanBeEvicted() {
        load(1);
        assertThat(factory.get().getCache().contains(Symbol.class, 1L)).isTrue();
        factory.get().getCache().evict(Symbol.class, 1L);
        assertThat(factory.get().getCache().contains(Symbol.class, 1L)).isFalse();
        load(1);
        factory.get().getCache().evictAllRegions();
        assertThat(factory.get().getCache().contains(Symbol.class, 1L)).isFalse();
        load(1);
        factory.cache().bumpModelVersion(Symbol.class);
        assertThat(factory.get().getCache().contains(Symbol.class, 1L)).isFalse();
    }

    @Test
    void aDeletedOneIsGone() {
        load(1);
        factory.inTransaction(session -> session.remove(session.find(Symbol.class, 1L)));
        assertThat(load(1)).isNull();
    }
}
