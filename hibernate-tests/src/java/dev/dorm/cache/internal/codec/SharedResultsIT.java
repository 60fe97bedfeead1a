package dev.dorm.cache.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Timestamp;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backend in this process: what was decoded of a query's result is handed to all, unless one could change it. */
class SharedResultsIT {

    private CachedFactory factory;

    @BeforeEach
    void fill() {
        factory = CachedFactory.of(Visit.class)
                .set("hibernate.cache.use_query_cache", "true")
                .build();
        factory.inTransaction(session -> session.persist(new Visit(1, "Ada", new Timestamp(1_000_000_000_000L))));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private <T> T cached(String hql, Class<T> type) {
        return factory.fromTransaction(session -> {
            List<T> found = session.createQuery(hql, type).setCacheable(true).list();
            assertThat(found).hasSize(1);
            return found.get(0);
        });
    }

    @Test
    void whatNobodyCanChangeIsDecodedOnce() {
        cached("select name from Visit", String.class);
        factory.clear();
        String first = cached("select name from Visit", String.class);
        assertThat(cached("select name from Visit", String.class)).isSameAs(first);
        assertThat(factory.statements().all()).isEmpty();
    }

    @Test
    void whatOneSessionChangesAnotherDoesNotSee() {
        cached("select came from Visit", Timestamp.class);
        factory.clear();
        Timestamp first = cached("select came from Visit", Timestamp.class);
        first.setTime(0);
        assertThat(cached("select came from Visit", Timestamp.class).getTime()).isEqualTo(1_000_000_000_000L);
        assertThat(factory.statements().all()).isEmpty();
    }

    @Test
    void twoReadersOfOneResultGoThroughItEachForItself() {
        factory.inTransaction(session -> session.persist(new Visit(2, "Bob", new Timestamp(0))));
        String hql = "select id, name from Visit order by id";
        factory.inTransaction(session ->
                session.createQuery(hql, Object[].class).setCacheable(true).list());
        factory.clear();
        factory.inTransaction(one -> factory.inTransaction(other -> {
            List<Object[]> first =
                    one.createQuery(hql, Object[].class).setCacheable(true).list();
            List<Object[]> second =
                    other.createQuery(hql, Object[].class).setCacheable(true).list();
            assertThat(first).extracting(row -> row[1]).containsExactly("Ada", "Bob");
            first.get(0)[1] = "changed";
            assertThat(second).extracting(row -> row[1]).containsExactly("Ada", "Bob");
        }));
        assertThat(factory.statements().all()).isEmpty();
    }

    @Entity(name = "Visit")
    @Cacheable
    static class Visit {
        @Id
        long id;

        String name;

        Timestamp came;

        Visit() {}

        Visit(long id, String name, Timestamp came) {
            this.id = id;
            this.name = name;
            this.came = came;
        }
    }
}
