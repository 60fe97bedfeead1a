package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.codec.Fleet.Harbour;
import dev.dorm.cache.internal.codec.Fleet.Log;
import dev.dorm.cache.internal.codec.Fleet.Person;
import dev.dorm.cache.internal.codec.Fleet.Post;
import dev.dorm.cache.internal.codec.Fleet.Sailor;
import dev.dorm.cache.internal.codec.Fleet.Tug;
import dev.dorm.cache.internal.codec.Fleet.Vessel;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Tuple;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.Version;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.query.NativeQuery;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link QueryResultsIT}: values of every basic type, inheritance of every strategy, ids of every kind, and what HQL
 * and SQL can compute.
 */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryValuesIT {

    @Parameter
    Storing storing;

    private CachedFactory factory;
    private CachedFactory uncached;

    @BeforeParameterizedClassInvocation
    void build() {
        factory = CachedFactory.on(storing.backend(), Fleet.entities())
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.format", storing.format().name())
                .set("hibernate.cache.use_structured_entries", storing.structured())
                .build();
        factory.inTransaction(Fleet::fill);
        factory.get().getCache().evictAllRegions();
        uncached = factory.another(Fleet.entities())
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false")
                .build();
    }

    @AfterParameterizedClassInvocation
    void close() {
        uncached.close();
        factory.close();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void isServedAsTheDatabaseAnswers(Function<Session, List<?>> query) {
        List<Object> fromDatabase = uncached.fromTransaction(session -> seen(query.apply(session)));
        assertThat(fromDatabase).isNotEmpty();
        // The first load of a row only learns what stands in the way of its put.
        for (int pass = 0; pass < 3; pass++) {
            factory.fromTransaction(session -> seen(query.apply(session)));
        }
        factory.clear();
        List<Object> served = assertThatCache(factory).readsWithoutSql(session -> seen(query.apply(session)));
        assertThat(served).isEqualTo(fromDatabase);
        assertThat(factory.statistics().getQueryCacheHitCount()).isPositive();
        assertThat(factory.statistics().getQueryCacheMissCount()).isZero();
    }

    /** All that is in a result, fetched as far as it is reached. */
    private static List<Object> seen(List<?> rows) {
        List<Object> all = new ArrayList<>();
        for (Object row : rows) {
            if (row instanceof Tuple tuple) {
                tuple.getElements()
                        .forEach(element -> all.add(element.getAlias() + " " + Snapshot.of(tuple.get(element))));
            } else {
                all.add(Snapshot.of(row));
            }
        }
        return all;
    }

    private static final Map<String, Function<Session, List<?>>> QUERIES = new LinkedHashMap<>();

    private static void query(String name, Function<Session, List<?>> query) {
        assertThat(QUERIES.put(name, query)).isNull();
    }

    private static <T> void hql(String name, String hql, Class<T> type) {
        query(name, session -> session.createQuery(hql, type).setCacheable(true).list());
    }

    private static <T> void sql(
            String name, String sql, Class<T> type, Function<NativeQuery<T>, NativeQuery<T>> mapping) {
        query("native, " + name, session -> mapping.apply(session.createNativeQuery(sql, type))
                .addSynchronizedQuerySpace("Log")
                .addSynchronizedEntityClass(Vessel.class)
                .addSynchronizedEntityClass(Person.class)
                .setCacheable(true)
                .list());
    }

    static Stream<Named<Function<Session, List<?>>>> queries() {
        QUERIES.clear();
        values();
        computed();
        ids();
        inheritance();
        collections();
        natives();
        criteria();
        return QUERIES.entrySet().stream().map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    private static void values() {
        hql("entities of every value", "from Log order by id", Log.class);
        hql(
                "every value",
                "select whole, exact, small, tiny, real, letter, day, time, moment, at, offset, length, year,"
                        + " number, flag, counts, words, winds from Log order by id",
                Object[].class);
        for (String attribute : List.of(
                "whole", "exact", "small", "tiny", "real", "letter", "day", "time", "moment", "at", "offset", "length",
                "year", "number", "flag", "counts", "words", "winds")) {
            hql("by itself, " + attribute, "select " + attribute + " from Log order by id", Object.class);
        }
    }

    private static void computed() {
        hql("columns twice", "select name, id, name, id, name from Vessel order by id", Object[].class);
        hql("an entity twice", "select v, v.name, v from Vessel v order by v.id", Object[].class);
        hql(
                "JPA tuples with aliases",
                "select v.id as a, v.name as b, v as c from Vessel v order by v.id",
                Tuple.class);
        hql("distinct", "select distinct length(name) from Vessel order by 1", Integer.class);
        hql("counts", "select count(*), count(distinct length(name)), count(home) from Vessel", Object[].class);
        hql(
                "aggregates of nothing",
                "select min(id), max(small), sum(id), avg(id), count(id) from Log where id > 9",
                Object[].class);
        hql(
                "a condition",
                "select case when v.id > 1 then v.name else null end, coalesce(h.name, '-')"
                        + " from Vessel v left join v.home h order by v.id",
                Object[].class);
        hql(
                "groups with a condition",
                "select length(name), count(*) from Vessel group by length(name)" + " having count(*) > 0 order by 1",
                Object[].class);
        hql("a union", "select name from Vessel union all select name from Person order by 1", String.class);
        hql("an intersection", "select id from Vessel intersect select id from Person", Long.class);
        hql(
                "windows",
                "select name, row_number() over (order by name desc), sum(id) over (order by id)"
                        + " from Vessel order by id",
                Object[].class);
        hql(
                "a query in a query",
                "select t.n, t.l from (select name as n, length(name) as l from Vessel) t" + " order by t.n",
                Object[].class);
        hql(
                "a common table",
                "with t as (select id as i, name as n from Vessel) select c.i, c.n from t c order by c.i",
                Object[].class);
        hql(
                "parts of a date",
                "select extract(year from day), year(day), cast(day as String) from Log order by id",
                Object[].class);
        hql("a limit in the text", "select name from Vessel order by id limit 1 offset 1", String.class);
        hql("a list of texts", "select listagg(name, ', ') within group (order by id) from Vessel", String.class);
        hql("an expression of constants", "select concat('x', 'y') from Vessel where id = 1", String.class);
        hql("a version", "select id, version, land from Harbour order by id", Object[].class);
        hql("a computed attribute", "select called from Harbour order by id", String.class);
    }

    private static void ids() {
        hql("an id alone", "select id from Vessel order by id", Long.class);
        hql("the id of a reference", "select home.id from Vessel where home is not null", Long.class);
        hql("a reference", "select home from Vessel where home is not null", Harbour.class);
        hql("a reference to one", "select friend, name from Sailor order by id", Object[].class);
        hql("entities of a class of ids", "from Post order by deck", Post.class);
        hql("parts of a class of ids", "select vessel, deck from Post order by deck", Object[].class);
        hql("a class of ids", "select id(p) from Post p order by p.deck", Object.class);
        hql("entities of a secondary table", "from Harbour order by id", Harbour.class);
    }

    private static void inheritance() {
        hql("a table for each class, from the root", "from Vessel order by id", Vessel.class);
        hql("a table for each class, from a leaf", "from Tug", Tug.class);
        hql("joined tables, from the root", "from Person order by id", Person.class);
        hql("joined tables, from a leaf", "from Sailor", Sailor.class);
        hql("classes", "select type(v), v.id from Vessel v order by v.id", Object[].class);
        hql("classes of joined tables", "select type(p) from Person p order by p.id", Object.class);
        hql("one class", "from Vessel v where type(v) = Ferry", Vessel.class);
        hql("treated", "select treat(v as Ferry).seats from Vessel v where type(v) = Ferry", Integer.class);
        hql(
                "treated and null",
                "select v.id, f.seats from Vessel v left join Ferry f on f.id = v.id order by v.id",
                Object[].class);
        hql("of all classes", "from " + Fleet.Named.class.getName(), Object.class);
    }

    private static void collections() {
        hql("elements", "select s.id, k from Sailor s join s.skills k order by k", Object[].class);
        hql("positions", "select index(k), k from Sailor s join s.skills k order by 1", Object[].class);
        hql("a size", "select size(skills) from Sailor", Integer.class);
        hql("a collection of many classes", "select v from Sailor s join s.vessels v order by v.id", Vessel.class);
        hql("a collection of many classes, fetched", "from Sailor s left join fetch s.vessels", Sailor.class);
        hql("two fetches", "from Sailor s join fetch s.friend left join fetch s.skills", Sailor.class);
        if (!Version.getVersionString().startsWith("7.4")) {
            // From 7.4 such pages share a key, and are not cached: CoarseKeysIT.
            query("a page of a fetched list", session -> session.createQuery(
                            "from Sailor s left join fetch s.skills order by s.id", Sailor.class)
                    .setMaxResults(1)
                    .setCacheable(true)
                    .list());
        }
    }

    private static void natives() {
        query("native, named", session -> session.createNamedQuery("people", Object[].class)
                .setHint("org.hibernate.query.native.spaces", "Person")
                .setHint("org.hibernate.cacheable", true)
                .getResultList());
        sql("a union", "select name n from Person union select name from Vessel order by 1", String.class, q -> q);
        sql(
                "every value without a mapping",
                "select whole, exact, small, tiny, ratio, letter, on_day, at_time, moment,"
                        + " at_instant, at_offset, length, in_year, is_number, flag, counts, words from Log order by id",
                Object[].class,
                q -> q);
        sql("an aggregate of nothing", "select max(name), count(*) from Vessel where id > 9", Object[].class, q -> q);
        sql("columns twice", "select name a, id b, name c, id d from Vessel order by id", Object[].class, q -> q);
        String version = Version.getVersionString();
        if (!version.equals("6.6.0.Final") && !version.startsWith("7.0.")) {
            // There Hibernate itself fails: JdbcValuesResultSetImpl.finishRowProcessing.
            sql(
                    "a joined entity",
                    "select p.*, s.*, 1 as clazz_ from Person p join Sailor s on s.id = p.id",
                    Sailor.class,
                    q -> q);
        }
        sql("short", "select small as s1 from Log order by id", Short.class, q -> q);
        sql("byte", "select tiny as s2 from Log order by id", Byte.class, q -> q);
        sql("float", "select ratio as s3 from Log order by id", Float.class, q -> q);
        sql("character", "select letter as s4 from Log order by id", Character.class, q -> q);
        sql("date and time", "select moment as s5 from Log order by id", LocalDateTime.class, q -> q);
        sql("time", "select at_time as s6 from Log order by id", LocalTime.class, q -> q);
        sql(
                "maps",
                "select id i, name n from Vessel order by id",
                Object[].class,
                q -> q.setTupleTransformer(
                        (tuple, aliases) -> new Object[] {Map.of(aliases[0], tuple[0], aliases[1], tuple[1])}));
    }

    private static void criteria() {
        query("criteria of a group", session -> {
            var builder = session.getCriteriaBuilder();
            var criteria = builder.createQuery(Object[].class);
            var vessel = criteria.from(Vessel.class);
            criteria.multiselect(builder.length(vessel.get("name")), builder.count(vessel))
                    .groupBy(builder.length(vessel.get("name")))
                    .orderBy(builder.asc(builder.length(vessel.get("name"))));
            return session.createQuery(criteria).setCacheable(true).list();
        });
        query("criteria of a treated root", session -> {
            var builder = session.getCriteriaBuilder();
            var criteria = builder.createQuery(Integer.class);
            var vessel = criteria.from(Vessel.class);
            criteria.select(builder.treat(vessel, Fleet.Ferry.class).get("seats"));
            return session.createQuery(criteria).setCacheable(true).list();
        });
    }
}
