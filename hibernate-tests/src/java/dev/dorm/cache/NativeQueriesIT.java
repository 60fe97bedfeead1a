package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.Tables.Base;
import dev.dorm.cache.Tables.Other;
import dev.dorm.cache.Tables.Plain;
import dev.dorm.cache.Tables.Sub;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Printed;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cached result of a native query is stale when one of its entities' tables was written, though the query names no
 * table; values of a query that names none are not cached, and a warning says why.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class NativeQueriesIT {

    private final CacheBackend backend;
    private CachedFactory one;
    private CachedFactory two;

    NativeQueriesIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void fill() {
        one = CachedFactory.on(backend, Tables.entities()).build();
        one.inTransaction(Tables::fill);
        two = one.another(Tables.entities()).build();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    /** A result is cached, and each write makes it stale in both processes. */
    @SafeVarargs
    private void isStaleAfter(Function<Session, Object> query, Consumer<Session>... writes) {
        Object before = null;
        for (Consumer<Session> write : writes) {
            Object cached = cached(two, query);
            assertThat(cached(one, query)).isEqualTo(cached).isNotEqualTo(before);
            before = cached;
            one.inTransaction(write::accept);
            assertThat(two.fromTransaction(query)).isNotEqualTo(before);
            assertThat(one.fromTransaction(query)).isNotEqualTo(before);
        }
    }

    private static Object cached(CachedFactory factory, Function<Session, Object> query) {
        for (int pass = 0; pass < 3; pass++) {
            factory.fromTransaction(query);
        }
        return assertThatCache(factory).readsWithoutSql(query);
    }

    @SuppressWarnings({"unchecked", "deprecation"}) // the one form that 6.6 and 7.4 share
    private static Consumer<Session> sql(String update, String table) {
        return session -> session.createNativeQuery(update)
                .addSynchronizedQuerySpace(table)
                .executeUpdate();
    }

    @Test
    void ofAnEntityByItsClass() {
        isStaleAfter(
                session ->
                        session
                                .createNativeQuery("select * from Plain order by id", Plain.class)
                                .setCacheable(true)
                                .list()
                                .stream()
                                .map(plain -> plain.name)
                                .toList(),
                session -> session.find(Plain.class, 1L).name = "changed",
                session -> session.persist(new Plain(9, "z")),
                sql("update Plain set name = 'zz'", "Plain"));
    }

    @Test
    void ofAnEntityInTwoTables() {
        isStaleAfter(
                session -> session
                        .createNativeQuery(
                                "select b.id, b.name, s.extra from Base b join Sub s on s.id = b.id", Sub.class)
                        .setCacheable(true)
                        .list()
                        .stream()
                        .map(sub -> sub.name + sub.extra)
                        .toList(),
                sql("update Base set name = 'zz'", "Base"),
                sql("update Sub set extra = 'zz'", "Sub"));
    }

    @Test
    void ofAnEntityWithTheCollectionThatItFetches() {
        isStaleAfter(
                NativeQueriesIT::plainAndFriends,
                sql("insert into Plain_friends (Plain_id, friends_id) values (1, 2)", "Plain_friends"),
                sql("update Other set name = 'zz' where id = 2", "Other"),
                sql("update Plain set name = 'zz'", "Plain"));
    }

    @SuppressWarnings({"unchecked", "deprecation"}) // the one form that 6.6 and 7.4 share
    private static Object plainAndFriends(Session session) {
        NativeQuery<Object> query = session.createNativeQuery("select {p.*}, {f.*} from Plain p join"
                + " (select o.id, o.name, j.Plain_id from Other o join Plain_friends j on j.friends_id = o.id) f"
                + " on f.Plain_id = p.id order by f.id");
        query.addEntity("p", Plain.class).addJoin("f", "p.friends").setCacheable(true);
        Object first = query.list().get(0);
        Plain plain = (Plain) (first instanceof Object[] values ? values[0] : first);
        assertThat(Hibernate.isInitialized(plain.friends)).isTrue();
        return plain.name + plain.friends.stream().map(friend -> friend.name).toList();
    }

    @Test
    void ofAnEntityThoughItNamesAnotherTableOnly() {
        isStaleAfter(
                session -> session
                        .createNativeQuery(
                                "select p.id, p.name || o.name as name from Plain p, Other o where o.id = 1",
                                Plain.class)
                        .addSynchronizedEntityClass(Other.class)
                        .setCacheable(true)
                        .list()
                        .stream()
                        .map(plain -> plain.name)
                        .toList(),
                sql("update Plain set name = 'zz'", "Plain"),
                sql("update Other set name = 'zz'", "Other"));
    }

    @Test
    void aWriteToAnotherTableLeavesIt() {
        Function<Session, Object> query = session -> session.createNativeQuery("select * from Plain", Plain.class)
                .setCacheable(true)
                .list()
                .size();
        Object cached = cached(two, query);
        one.inTransaction(session -> session.find(Other.class, 1L).name = "zz");
        one.inTransaction(session -> session.find(Base.class, 2L).name = "zz");
        assertThat(assertThatCache(two).readsWithoutSql(query)).isEqualTo(cached);
    }

    @Test
    void ofValuesIsNotCachedAndSaysSo() {
        Function<Session, List<String>> names =
                session -> session.createNativeQuery("select name from Plain where 1 = 1", String.class)
                        .setCacheable(true)
                        .list();
        try (Printed printed = Printed.onStandardError()) {
            for (int pass = 0; pass < 3; pass++) {
                assertThat(one.fromTransaction(names)).containsExactly("a");
            }
            assertThat(printed.lines("select name from Plain where 1 = 1"))
                    .singleElement()
                    .asString()
                    .contains("Not cached", "addSynchronizedEntityClass", "addSynchronizedQuerySpace");
        }
        assertThat(one.count(Counter.PUT_REFUSED_UNSUPPORTED)).isEqualTo(3);
        one.inTransaction(session -> session.find(Plain.class, 1L).name = "b");
        assertThat(one.fromTransaction(names)).containsExactly("b");
    }
}
