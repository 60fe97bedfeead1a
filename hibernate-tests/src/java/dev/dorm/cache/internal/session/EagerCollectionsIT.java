package dev.dorm.cache.internal.session;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.junit.jupiter.api.Test;

/** Collections that Hibernate initializes with their owner come in the owner's round trip. */
class EagerCollectionsIT extends Aquarium {

    @Test
    void eagerCollectionsComeWithTheirOwners() {
        try (CachedFactory eager = eager()) {
            Consumer<Session> one =
                    session -> assertThat(session.find(Reef.class, 1L).names).hasSize(2);
            assertThat(trips(() -> eager.inTransaction(one))).isEqualTo(1);
            Consumer<Session> many = session -> assertThat(DormCache.findAll(session, Reef.class, List.of(ids(1, 20)))
                            .values())
                    .allSatisfy(reef -> assertThat(reef.names).hasSize(2));
            assertThat(trips(() -> eager.inTransaction(many))).isEqualTo(1);
            // In a read of its own what came along might be served for ever.
            assertThat(trips(() -> {
                        try (Session session = eager.get().openSession()) {
                            one.accept(session);
                        }
                    }))
                    .isEqualTo(2);
            assertThat(eager.statements().all()).isEmpty();
        }
    }

    @Test
    void eagerCollectionsOfAQuerysEntitiesComeTogether() {
        try (CachedFactory eager = eager()) {
            Consumer<Session> list = session -> assertThat(session.createQuery("from Reef", Reef.class)
                            .setCacheable(true)
                            .list())
                    .hasSize(20)
                    .allSatisfy(reef -> assertThat(reef.names).hasSize(2));
            eager.inTransaction(list);
            eager.clear();
            eager.inTransaction(list);
            eager.clear();
            // The result; its entities and their collections.
            assertThat(trips(() -> eager.inTransaction(list))).isEqualTo(2);
            assertThat(eager.statements().all()).isEmpty();
            Consumer<Session> fromDatabase = session -> assertThat(
                            session.createQuery("from Reef", Reef.class).list())
                    .allSatisfy(reef -> assertThat(reef.names).hasSize(2));
            eager.inTransaction(fromDatabase);
            eager.clear();
            assertThat(trips(() -> eager.inTransaction(fromDatabase))).isEqualTo(1);
            assertThatCache(eager).statements(1);
        }
    }

    @Test
    void eagerCollectionsUnderAFilterComeFromTheDatabase() {
        try (CachedFactory eager = eager()) {
            eager.inTransaction(session -> {
                session.enableFilter("short");
                int keys = keysRead();
                assertThat(session.find(Reef.class, 1L).names).hasSize(2);
                // Version, region lock, newest write and row: no collection.
                assertThat(keysRead() - keys).isEqualTo(4);
            });
        }
    }

    private CachedFactory eager() {
        CachedFactory eager = factory.another(Reef.class)
                .set("hibernate.hbm2ddl.auto", "create")
                .set("hibernate.cache.region_prefix", "eager")
                .build();
        eager.inTransaction(session -> LongStream.rangeClosed(1, 20).forEach(id -> session.persist(new Reef(id))));
        for (int pass = 0; pass < 2; pass++) {
            eager.inTransaction(session -> LongStream.rangeClosed(1, 20).forEach(id -> session.find(Reef.class, id)));
        }
        eager.clear();
        return eager;
    }

    @Entity(name = "Reef")
    @Cacheable
    @FilterDef(name = "short")
    @Filter(name = "short", condition = "1 = 1")
    static class Reef {
        @Id
        long id;

        @ElementCollection(fetch = FetchType.EAGER)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @Filter(name = "short", condition = "1 = 1")
        Set<String> names = new HashSet<>();

        Reef() {}

        Reef(long id) {
            this.id = id;
            names.addAll(List.of("a" + id, "b" + id));
        }
    }
}
