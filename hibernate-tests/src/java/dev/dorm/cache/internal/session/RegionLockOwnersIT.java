package dev.dorm.cache.internal.session;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A lock on a whole region belongs to the session that asked for it: not to another one that works, and completes, on
 * the same thread meanwhile ({@code REQUIRES_NEW}).
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class RegionLockOwnersIT {

    @Parameter
    CacheBackend backend;

    private CachedFactory one;
    private CachedFactory two;

    @BeforeEach
    void build() {
        one = evicting(CachedFactory.on(backend, Bag.class, Coin.class).onPostgres())
                .build();
        one.inTransaction(session -> {
            Bag bag = new Bag(1);
            session.persist(bag);
            for (long id = 1; id <= 3; id++) {
                Coin coin = new Coin(id);
                session.persist(coin);
                bag.coins.add(coin);
            }
            session.persist(new Bag(2));
        });
        two = evicting(one.another(Bag.class, Coin.class)).build();
        everybodySees("[1, 2, 3]");
    }

    private static CachedFactory.Builder evicting(CachedFactory.Builder builder) {
        return builder.cacheAll(AccessType.READ_WRITE).set("hibernate.cache.auto_evict_collection_cache", true);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static String coins(CachedFactory factory) {
        return factory.fromTransaction(session -> coins(session, 1));
    }

    private static String coins(Session session, long bag) {
        Set<Long> ids = new TreeSet<>();
        session.find(Bag.class, bag).coins.forEach(coin -> ids.add(coin.id));
        return ids.toString();
    }

    private void everybodySees(String expected) {
        for (CachedFactory factory : List.of(two, one, two, one)) {
            assertThat(coins(factory)).isEqualTo(expected);
        }
        assertThatCache(two).readsWithoutSql(session -> coins(session, 1));
    }

    /** What the outer transaction does to the third coin, whose bag it has not loaded. */
    static Stream<Named<Consumer<Session>>> changes() {
        return Stream.of(
                Named.of("the element is removed", session -> {
                    session.remove(session.find(Coin.class, 3L));
                    session.flush();
                }),
                Named.of("the element is deleted in bulk", session -> session.createMutationQuery(
                                "delete from Coin where id = 3")
                        .executeUpdate()));
    }

    /** Who completes on the thread before the outer transaction does. */
    enum Inner {
        NOBODY {
            @Override
            void work(Session session) {}
        },
        READER {
            @Override
            void work(Session session) {
                assertThat(coins(session, 2)).isEqualTo("[]");
            }
        },
        WRITER {
            @Override
            void work(Session session) {
                session.find(Coin.class, 1L).worth++;
            }
        },
        BULK_WRITER {
            @Override
            void work(Session session) {
                session.createMutationQuery("update Bag set name = 'new' where id = 2")
                        .executeUpdate();
            }
        },
        EVICTER {
            @Override
            void work(Session session) {
                session.persist(new Coin(4));
                session.flush();
            }
        };

        abstract void work(Session session);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anotherThatCompletesOnTheThread(Consumer<Session> change) {
        for (Inner inner : Inner.values()) {
            try (Session outer = one.get().openSession()) {
                outer.beginTransaction();
                change.accept(outer);
                one.inTransaction(inner::work);
                for (CachedFactory factory : List.of(two, one, two)) {
                    assertThat(coins(factory))
                            .as("before the commit, %s", inner)
                            .isEqualTo("[1, 2, 3]");
                }
                outer.getTransaction().commit();
            }
            everybodySees("[1, 2]");
            one.inTransaction(session -> {
                session.createMutationQuery("delete from Coin where id = 4").executeUpdate();
                Coin again = new Coin(3);
                session.persist(again);
                session.find(Bag.class, 1L).coins.add(again);
            });
            everybodySees("[1, 2, 3]");
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aCommitOnAnotherThread(Consumer<Session> change) {
        try (Session outer = one.get().openSession()) {
            outer.beginTransaction();
            change.accept(outer);
            CompletableFuture.runAsync(() -> {
                        assertThat(coins(two)).isEqualTo("[1, 2, 3]");
                        outer.getTransaction().commit();
                    })
                    .join();
        }
        everybodySees("[1, 2]");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRollbackLeavesNothingLocked(Consumer<Session> change) {
        try (Session outer = one.get().openSession()) {
            outer.beginTransaction();
            change.accept(outer);
            one.inTransaction(session -> session.find(Coin.class, 1L).worth++);
            outer.getTransaction().rollback();
        }
        everybodySees("[1, 2, 3]");
    }

    /** One who calls Hibernate's SPI, and tells no session, has the lock from the call on. */
    @Test
    void aLockWhoseSessionNobodyKnows() {
        var access = one.get()
                .getMappingMetamodel()
                .getCollectionDescriptor(Bag.class.getName() + ".coins")
                .getCacheAccessStrategy();
        var lock = access.lockRegion();
        one.inTransaction(session -> session.find(Coin.class, 1L).worth++);
        two.statements().clear();
        coins(two);
        coins(two);
        assertThat(two.statements().all()).as("locked").hasSize(2);
        access.unlockRegion(lock);
        everybodySees("[1, 2, 3]");
    }

    @Entity(name = "Bag")
    @Cacheable
    static class Bag {
        @Id
        long id;

        String name;

        @OneToMany
        @JoinColumn(name = "bag")
        Set<Coin> coins = new HashSet<>();

        Bag() {}

        Bag(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Coin")
    @Cacheable
    static class Coin {
        @Id
        long id;

        int worth;

        Coin() {}

        Coin(long id) {
            this.id = id;
        }
    }
}
