package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A transaction sees what it has itself changed only from the database, by whichever strategy the row is cached. */
@ParameterizedClass
@MethodSource("cases")
class OwnChangesIT {

    private final AccessType strategy;
    private final CacheBackend backend;
    private CachedFactory factory;

    OwnChangesIT(AccessType strategy, CacheBackend backend) {
        this.strategy = strategy;
        this.backend = backend;
    }

    static Stream<Arguments> cases() {
        return Stream.of(AccessType.values())
                .flatMap(strategy -> Stream.of(CacheBackend.values()).map(b -> Arguments.of(strategy, b)));
    }

    @BeforeEach
    void cacheAnItem() {
        factory = CachedFactory.on(backend, Item.class).cacheAll(strategy).build();
        factory.inTransaction(session -> session.persist(new Item(1, "a", "old", "x")));
        for (int pass = 0; pass < 3; pass++) {
            factory.inTransaction(
                    session -> assertThat(session.find(Item.class, 1L).tags()).isNotEmpty());
            factory.inTransaction(session -> byCode(session, "a"));
        }
        assertThat(factory.get().getCache().contains(Item.class, 1L)).isTrue();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private static Item byCode(Session session, String code) {
        return session.bySimpleNaturalId(Item.class).load(code);
    }

    private static void goOn(Session session) {
        session.flush();
        session.clear();
    }

    @Test
    void anUpdate() {
        if (strategy == AccessType.READ_ONLY) {
            return;
        }
        factory.inTransaction(session -> {
            session.find(Item.class, 1L).rename("new");
            goOn(session);
            assertThat(session.find(Item.class, 1L).name()).isEqualTo("new");
        });
        String name =
                factory.fromTransaction(session -> session.find(Item.class, 1L).name());
        assertThat(name).isEqualTo("new");
    }

    @Test
    void anUpdateThatIsRolledBack() {
        if (strategy == AccessType.READ_ONLY) {
            return;
        }
        try (Session session = factory.get().openSession()) {
            session.beginTransaction();
            session.find(Item.class, 1L).rename("new");
            goOn(session);
            session.getTransaction().rollback();
        }
        String name =
                factory.fromTransaction(session -> session.find(Item.class, 1L).name());
        assertThat(name).isEqualTo("old");
    }

    @Test
    void aCollection() {
        factory.inTransaction(session -> {
            session.find(Item.class, 1L).tags().add("y");
            goOn(session);
            assertThat(session.find(Item.class, 1L).tags()).containsExactly("x", "y");
        });
    }

    @Test
    void aNaturalId() {
        if (strategy == AccessType.READ_ONLY) {
            return;
        }
        factory.inTransaction(session -> {
            session.find(Item.class, 1L).recode("b");
            goOn(session);
            assertThat(byCode(session, "a")).isNull();
            assertThat(byCode(session, "b").name()).isEqualTo("old");
        });
    }

    @Test
    void aRemoval() {
        factory.inTransaction(session -> {
            session.remove(session.find(Item.class, 1L));
            goOn(session);
            assertThat(session.find(Item.class, 1L)).isNull();
        });
    }
}
