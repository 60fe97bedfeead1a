package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import jakarta.transaction.Synchronization;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An entity with an assigned id and no version that was deleted can be persisted again, whatever the cache still holds
 * of it: what may be stale must not tell Hibernate that it is detached.
 */
@ParameterizedClass
@MethodSource("cases")
class ReinsertIT {

    private final AccessType strategy;
    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    ReinsertIT(AccessType strategy, CacheBackend backend) {
        this.strategy = strategy;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return Stream.of(AccessType.values())
                .flatMap(strategy -> Stream.of(CacheBackend.values()).map(b -> Arguments.of(strategy, b)));
    }

    @BeforeEach
    void cacheARowInBoth() {
        one = CachedFactory.on(backend, Item.class).cacheAll(strategy).build();
        one.inTransaction(session -> session.persist(new Item(1, "a", "old")));
        two = one.another(Item.class).cacheAll(strategy).build();
        for (int pass = 0; pass < 2; pass++) {
            name(one);
            name(two);
        }
        assertThat(one.get().getCache().contains(Item.class, 1L)).isTrue();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static String name(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Item.class, 1L).name());
    }

    private static void insert(Session session) {
        session.persist(new Item(1, "a", "born again"));
    }

    @Test
    void betweenTheCommitOfADeleteAndItsInvalidation() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.remove(session.find(Item.class, 1L));
            session.getTransaction().registerSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    // Nothing is deleted yet.
                }

                @Override
                public void afterCompletion(int status) {
                    // The database has committed, and the session has not been told.
                    try {
                        two.inTransaction(ReinsertIT::insert);
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                }
            });
            session.getTransaction().commit();
        }
        assertThat(failure.get()).isNull();
        assertThat(name(one)).isEqualTo("born again");
        assertThat(name(two)).isEqualTo("born again");
    }

    @Test
    void afterAnOldRowCameBack() {
        if (strategy == AccessType.READ_WRITE || strategy == AccessType.TRANSACTIONAL) {
            return; // these promise that it does not
        }
        Backend store = one.cache().backend();
        String key = "dormrow:" + one.cache().cacheNamespace(Item.class) + ":1";
        byte[] row = store.get(key);
        one.inTransaction(session -> session.remove(session.find(Item.class, 1L)));
        store.set(key, row, Duration.ofMinutes(1));
        assertThat(two.get().getCache().contains(Item.class, 1L)).isTrue();
        assertThatCode(() -> two.inTransaction(ReinsertIT::insert)).doesNotThrowAnyException();
    }
}
