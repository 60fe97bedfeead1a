package dev.dorm.cache.internal.session;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** The entities of a cached query result come together: round trips counted on the wire. */
class PrefetchedQueriesIT extends Aquarium {

    @Test
    void aQueryHitOfManyEntitiesCostsOneMore() {
        Consumer<Session> query = session -> assertThat(fish(session, "from Fish where id <= 50 order by id"))
                .hasSize(50);
        factory.inTransaction(query);
        factory.inTransaction(query);
        costsWithoutSql(2, query);
        costsWithoutSql(2, query);
    }

    @Test
    void aResultThatHoldsItsEntitiesWholeCostsNoMore() throws Exception {
        try (CachedFactory whole = factory.another(Fish.class, Shark.class, Keeper.class)
                .set("hibernate.cache.query_cache_layout", "FULL")
                .set("hibernate.cache.region_prefix", "whole")
                .build()) {
            Consumer<Session> query = session -> fish(session, "from Fish where id <= 50 order by id");
            whole.inTransaction(query);
            whole.inTransaction(query);
            assertThat(trips(() -> whole.inTransaction(query))).isEqualTo(1);
        }
    }

    private static List<Fish> fish(Session session, String hql) {
        List<Fish> found =
                session.createQuery(hql, Fish.class).setCacheable(true).list();
        found.forEach(fish -> assertThat(fish.name).isEqualTo("fish" + fish.id));
        return found;
    }

    @Test
    void entitiesOfSeveralTypesComeTogetherOnceTheirColumnsAreKnown() {
        String hql = "select f, k from Fish f, Keeper k where f.id = k.id and f.id > 2 and f.id <> 51";
        Consumer<Session> query = session -> assertThat(session.createQuery(hql, Object[].class)
                        .setCacheable(true)
                        .list())
                .hasSize(FISH - 3)
                .allSatisfy(row -> assertThat(((Keeper) row[1]).name()).isEqualTo("keeper" + ((Fish) row[0]).id));
        factory.inTransaction(query);
        factory.inTransaction(query);
        factory.inTransaction(query);
        costsWithoutSql(2, query);
    }

    @Test
    void aScalarQueryFetchesNothing() {
        Consumer<Session> query = session -> {
            List<Long> ids = session.createQuery("select f.id from Fish f where f.id < 9 order by f.id", Long.class)
                    .setCacheable(true)
                    .list();
            session.find(Fish.class, ids.get(0));
        };
        factory.inTransaction(query);
        factory.inTransaction(query);
        int keys = keysRead();
        costsWithoutSql(2, query);
        // The result, its region's version, the clock, two tables of one statement; version, region lock and row.
        assertThat(keysRead() - keys).isLessThan(9);
    }

    @Test
    void compositeIdsStandInSeveralColumns() {
        Consumer<Session> query = session -> assertThat(session.createQuery("from Stand where name <> 'x'", Stand.class)
                        .setCacheable(true)
                        .list())
                .hasSize(FISH);
        factory.inTransaction(query);
        factory.inTransaction(query);
        costsWithoutSql(2, query);
    }

    @Test
    void whatIsMissingIsReadFromTheDatabase() {
        Consumer<Session> query = session -> fish(session, "from Fish where id between 11 and 30");
        factory.inTransaction(query);
        factory.inTransaction(query);
        factory.get().getCache().evict(Fish.class, 15L);
        costs(3, query);
        assertThatCache(factory).statements(1);
        costsWithoutSql(2, query);
    }

    @Test
    void lazyAssociationsOfTheEntitiesAreLeftAlone() {
        String hql = "select t from Ticket t where t.id < 20";
        Consumer<Session> query = session -> session.createQuery(hql, Ticket.class)
                .setCacheable(true)
                .list()
                .forEach(ticket ->
                        assertThat(Hibernate.isInitialized(ticket.pond)).isFalse());
        factory.inTransaction(query);
        factory.inTransaction(query);
        int keys = keysRead();
        costsWithoutSql(2, query);
        // The query's, and those of its 19 tickets with their version and region lock.
        assertThat(keysRead() - keys).isBetween(21, 27);
    }

    @Test
    void withoutATransactionAResultsEntitiesAreReadOneByOne() {
        Consumer<Session> query = session -> fish(session, "from Fish where id < 5");
        factory.inTransaction(query);
        factory.inTransaction(query);
        assertThat(trips(() -> {
                    try (Session session = factory.get().openSession()) {
                        query.accept(session);
                    }
                }))
                .isEqualTo(5);
    }
}
