package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A natural id is put once for each value it takes, however often its entity is loaded, and again when it was evicted. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class NaturalIdPutsIT {

    private final CacheBackend backend;
    private CachedFactory factory;

    NaturalIdPutsIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void oneItem() {
        factory = CachedFactory.on(backend, Item.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private long puts() {
        return factory.statistics().getNaturalIdCachePutCount();
    }

    private void load() {
        factory.inTransaction(
                session -> assertThat(session.find(Item.class, 1L)).isNotNull());
    }

    private static Item byCode(Session session, String code) {
        return session.bySimpleNaturalId(Item.class).load(code);
    }

    @Test
    void onceWhenInsertedAndOnceWhenItChanges() {
        assertThat(puts()).isEqualTo(1);
        load();
        factory.inTransaction(session -> session.find(Item.class, 1L).rename("two"));
        assertThat(puts()).as("loaded, and changed otherwise").isEqualTo(1);
        factory.inTransaction(session -> session.find(Item.class, 1L).recode("b"));
        load();
        assertThat(puts()).isEqualTo(2);
        factory.inTransaction(session -> assertThat(byCode(session, "a")).isNull());
        String name = assertThatCache(factory)
                .readsWithoutSql(session -> byCode(session, "b").name());
        assertThat(name).isEqualTo("two");
        assertThat(puts()).isEqualTo(2);
    }

    @Test
    void againWhenItWasEvicted() {
        factory.get().getCache().evictNaturalIdData(Item.class);
        load();
        load();
        assertThat(puts()).isEqualTo(2);
        String name = assertThatCache(factory)
                .readsWithoutSql(session -> byCode(session, "a").name());
        assertThat(name).isEqualTo("one");
    }

    @Test
    void notOfATransactionThatIsRolledBack() {
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            session.find(Item.class, 1L).recode("b");
            session.persist(new Item(2, "c", "never"));
            session.flush();
            session.getTransaction().rollback();
        }
        assertThat(puts()).isEqualTo(1);
        for (String code : new String[] {"b", "c"}) {
            factory.inTransaction(session -> assertThat(byCode(session, code)).isNull());
        }
        factory.inTransaction(session -> assertThat(byCode(session, "a").name()).isEqualTo("one"));
    }
}
