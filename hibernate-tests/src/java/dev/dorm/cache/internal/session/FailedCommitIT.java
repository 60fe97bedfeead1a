package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit that was reported to have failed may come all the same: until it has, nobody fills what it changes. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class FailedCommitIT {

    private final CacheBackend backend;
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final BreakingConnections connections = new BreakingConnections(url);
    private CachedFactory one;
    private CachedFactory two;

    FailedCommitIT(CacheBackend backend) {
        this.backend = backend;
    }

    private void build(AccessType strategy) {
        one = CachedFactory.on(backend, Item.class)
                .set("hibernate.connection.url", url)
                .set("hibernate.connection.provider_class", connections)
                .cacheAll(strategy)
                .build();
        one.inTransaction(session -> session.persist(new Item(1, "a", "old")));
        two = one.another(Item.class).cacheAll(strategy).build();
        for (CachedFactory each : List.of(one, two)) {
            assertThat(name(each)).isEqualTo("old");
            assertThat(names(each)).containsExactly("old");
        }
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static String name(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Item.class, 1L).name());
    }

    private static List<String> names(CachedFactory factory) {
        return factory.fromTransaction(session -> session.createQuery("select name from Item", String.class)
                .setCacheable(true)
                .list());
    }

    @Test
    void aRowOfAFailedCommitIsNotFilledBeforeTheCommitComes() throws Exception {
        build(AccessType.READ_WRITE);
        connections.breakNext();
        assertThatThrownBy(() -> one.inTransaction(
                        session -> session.find(Item.class, 1L).rename("new")))
                .isNotNull();
        for (int i = 0; i < 3; i++) {
            for (CachedFactory each : List.of(one, two)) {
                assertThat(name(each)).isEqualTo("old");
                assertThat(names(each)).containsExactly("old");
            }
        }
        connections.finish();
        for (CachedFactory each : List.of(one, two)) {
            assertThat(name(each)).isEqualTo("new");
            assertThat(names(each)).containsExactly("new");
        }
    }

    @Test
    void aRegionOfAFailedCommitIsNotFilledBeforeTheCommitComes() throws Exception {
        build(AccessType.READ_WRITE);
        connections.breakNext();
        assertThatThrownBy(
                        () -> one.inTransaction(session -> session.createMutationQuery("update Item set name = 'new'")
                                .executeUpdate()))
                .isNotNull();
        for (int i = 0; i < 3; i++) {
            assertThat(name(two)).isEqualTo("old");
        }
        connections.finish();
        assertThat(name(two)).isEqualTo("new");
    }

    @Test
    void aRollbackReleasesAtOnce() {
        build(AccessType.READ_WRITE);
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            session.find(Item.class, 1L).rename("new");
            session.flush();
            session.getTransaction().rollback();
        }
        name(two);
        name(two);
        two.statements().clear();
        assertThat(name(two)).isEqualTo("old");
        assertThat(two.statements().all()).isEmpty();
    }
}
