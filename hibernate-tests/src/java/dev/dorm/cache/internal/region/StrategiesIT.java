package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The four strategies, each for an entity, a collection and a natural id, on both backends, seen by two factories. */
@ParameterizedClass
@MethodSource("cases")
class StrategiesIT {

    private static final Set<AccessType> MUTABLE = EnumSet.complementOf(EnumSet.of(AccessType.READ_ONLY));

    private final AccessType strategy;
    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    StrategiesIT(AccessType strategy, CacheBackend backend) {
        this.strategy = strategy;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return Arrays.stream(AccessType.values())
                .flatMap(strategy -> Arrays.stream(CacheBackend.values()).map(b -> Arguments.of(strategy, b)));
    }

    @BeforeEach
    void cacheOneItemEverywhere() {
        one = CachedFactory.on(backend, Item.class).cacheAll(strategy).build();
        one.inTransaction(session -> session.persist(new Item(1, "a", "old", "x", "y")));
        two = one.another(Item.class).cacheAll(strategy).build();
        warm(one);
        warm(two);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    /** Twice: the first pass of a factory may learn only what the second may fill. */
    private static void warm(CachedFactory factory) {
        for (int pass = 0; pass < 2; pass++) {
            factory.inTransaction(session -> {
                Item item = session.find(Item.class, 1L);
                if (item != null) {
                    assertThat(item.tags()).isNotNull();
                    item.tags().forEach(tag -> assertThat(tag).isNotEmpty());
                }
            });
            factory.inTransaction(session ->
                    session.bySimpleNaturalId(Item.class).loadOptional("a").ifPresent(Item::name));
        }
    }

    private static List<String> tags(Session session) {
        return List.copyOf(session.find(Item.class, 1L).tags());
    }

    private static String nameByCode(Session session, String code) {
        return session.bySimpleNaturalId(Item.class)
                .loadOptional(code)
                .map(Item::name)
                .orElse(null);
    }

    @Test
    void servesAllThreeKindsWithoutSql() {
        for (CachedFactory factory : List.of(one, two)) {
            Item item = assertThatCache(factory).readsWithoutSql(session -> session.find(Item.class, 1L));
            assertThat(item.name()).isEqualTo("old");
            List<String> tags = assertThatCache(factory).readsWithoutSql(StrategiesIT::tags);
            assertThat(tags).containsExactly("x", "y");
            String byCode = assertThatCache(factory).readsWithoutSql(session -> nameByCode(session, "a"));
            assertThat(byCode).isEqualTo("old");
        }
    }

    @Test
    void showsAnUpdateToEverybodyAndCachesItAgain() {
        if (!MUTABLE.contains(strategy)) {
            assertThatThrownBy(() -> one.inTransaction(
                            session -> session.find(Item.class, 1L).rename("new")))
                    .hasMessageContaining("read-only");
            return;
        }
        one.inTransaction(session -> session.find(Item.class, 1L).rename("new"));
        for (CachedFactory factory : List.of(two, one)) {
            String name = factory.fromTransaction(
                    session -> session.find(Item.class, 1L).name());
            assertThat(name).isEqualTo("new");
        }
        warm(one);
        warm(two);
        Item again = assertThatCache(two).readsWithoutSql(session -> session.find(Item.class, 1L));
        assertThat(again.name()).isEqualTo("new");
    }

    @Test
    void showsAChangedCollectionToEverybodyAndCachesItAgain() {
        one.inTransaction(session -> session.find(Item.class, 1L).tags().add("z"));
        List<String> seen = two.fromTransaction(StrategiesIT::tags);
        assertThat(seen).containsExactly("x", "y", "z");
        warm(two);
        List<String> again = assertThatCache(two).readsWithoutSql(StrategiesIT::tags);
        assertThat(again).containsExactly("x", "y", "z");
    }

    @Test
    void showsAChangedNaturalIdToEverybody() {
        if (!MUTABLE.contains(strategy)) {
            return; // a read-only entity's natural id does not change, as its update is refused above
        }
        one.inTransaction(session -> session.find(Item.class, 1L).recode("b"));
        one.inTransaction(session -> session.persist(new Item(2, "a", "other")));
        String old = two.fromTransaction(session -> nameByCode(session, "a"));
        String now = two.fromTransaction(session -> nameByCode(session, "b"));
        assertThat(List.of(old, now)).containsExactly("other", "old");
    }

    @Test
    void showsADeleteToEverybody() {
        one.inTransaction(session -> session.remove(session.find(Item.class, 1L)));
        for (CachedFactory factory : List.of(two, one)) {
            Item gone = factory.fromTransaction(session -> session.find(Item.class, 1L));
            assertThat(gone).isNull();
            String byCode = factory.fromTransaction(session -> nameByCode(session, "a"));
            assertThat(byCode).isNull();
        }
    }

    @Test
    void showsARowThatWasDeletedAndInsertedAgain() {
        one.inTransaction(session -> session.remove(session.find(Item.class, 1L)));
        one.inTransaction(session -> session.persist(new Item(1, "a", "born again", "n")));
        for (CachedFactory factory : List.of(two, one)) {
            Item item = factory.fromTransaction(session -> session.find(Item.class, 1L));
            assertThat(item.name()).isEqualTo("born again");
            List<String> tags = factory.fromTransaction(StrategiesIT::tags);
            assertThat(tags).containsExactly("n");
        }
    }

    @Test
    void showsNothingOfARolledBackTransaction() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            Item item = session.find(Item.class, 1L);
            if (MUTABLE.contains(strategy)) {
                item.rename("never");
            }
            item.tags().add("never");
            session.flush();
            session.clear();
            assertThat(session.find(Item.class, 1L).tags()).contains("never");
            session.getTransaction().rollback();
        }
        for (CachedFactory factory : List.of(two, one)) {
            Item item = factory.fromTransaction(session -> session.find(Item.class, 1L));
            assertThat(item.name()).isEqualTo("old");
            List<String> tags = factory.fromTransaction(StrategiesIT::tags);
            assertThat(tags).containsExactly("x", "y");
        }
    }

    @Test
    void showsABulkUpdateToEverybody() {
        one.inTransaction(
                session -> mutation(session, "update Item set name = 'bulk'").executeUpdate());
        for (CachedFactory factory : List.of(two, one)) {
            Item item = factory.fromTransaction(session -> session.find(Item.class, 1L));
            assertThat(item.name()).isEqualTo("bulk");
        }
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static Query<?> mutation(Session session, String hql) {
        return session.createQuery(hql);
    }

    @Test
    void forgetsWhatIsEvicted() {
        two.get().getCache().evict(Item.class, 1L);
        assertThat(one.get().getCache().contains(Item.class, 1L)).isFalse();
        warm(one);
        assertThat(two.get().getCache().contains(Item.class, 1L)).isTrue();
        two.get().getCache().evictAllRegions();
        assertThat(one.get().getCache().contains(Item.class, 1L)).isFalse();
        one.statements().clear();
        one.inTransaction(session -> session.find(Item.class, 1L));
        assertThat(one.statements().all()).isNotEmpty();
    }
}
