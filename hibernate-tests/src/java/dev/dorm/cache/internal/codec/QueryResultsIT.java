package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.codec.Library.AutoNote;
import dev.dorm.cache.internal.codec.Library.Card;
import dev.dorm.cache.internal.codec.Library.FullNote;
import dev.dorm.cache.internal.codec.Library.Genre;
import dev.dorm.cache.internal.codec.Library.Leaf;
import dev.dorm.cache.internal.codec.Library.LeafId;
import dev.dorm.cache.internal.codec.Library.Money;
import dev.dorm.cache.internal.codec.Library.Novel;
import dev.dorm.cache.internal.codec.Library.Piece;
import dev.dorm.cache.internal.codec.Library.ShallowNote;
import dev.dorm.cache.internal.codec.Library.Shape;
import dev.dorm.cache.internal.codec.Library.Writer;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.EntityGraph;
import jakarta.persistence.Tuple;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shape that a query's result can have comes from the cache as from the database, without any SQL. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryResultsIT {

    @Parameter
    Storing storing;

    private CachedFactory factory;
    private CachedFactory uncached;

    @BeforeParameterizedClassInvocation
    void build() {
        factory = CachedFactory.on(storing.backend(), Library.entities())
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.format", storing.format().name())
                .set("hibernate.cache.use_structured_entries", storing.structured())
                .build();
        factory.inTransaction(Library::fill);
        factory.get().getCache().evictAllRegions();
        uncached = factory.another(Library.entities())
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
    void isServedAsTheDatabaseAnswers(Function<Session, ?> query) {
        Object fromDatabase = uncached.fromTransaction(session -> seen(query.apply(session)));
        assertThat(uncached.statistics().getQueryCacheHitCount()).isZero();
        // The first load of a row only learns what stands in the way of its put.
        for (int pass = 0; pass < 3; pass++) {
            factory.fromTransaction(session -> seen(query.apply(session)));
        }
        factory.clear();
        Object served = assertThatCache(factory).readsWithoutSql(session -> seen(query.apply(session)));
        assertThat(served).isEqualTo(fromDatabase);
        assertThatCache(factory).queryHits(1);
    }

    private static final Map<String, Function<Session, ?>> QUERIES = new LinkedHashMap<>();

    private static void query(String name, Function<Session, ?> query) {
        assertThat(QUERIES.put(name, query)).isNull();
    }

    private static <T> void hql(String name, String hql, Class<T> type) {
        query(name, session -> session.createQuery(hql, type).setCacheable(true).list());
    }

    private static <T> NativeQuery<T> sql(Session session, String sql, Class<T> type) {
        return session.createNativeQuery(sql, type)
                .addSynchronizedEntityClass(Writer.class)
                .addSynchronizedEntityClass(Novel.class)
                .setCacheable(true);
    }

    /** Each with a statement of its own: Hibernate itself, before 7.1.20, 7.2.8 and 7.3.1, takes one type for another. */
    private static <T> void typed(String name, String expression, Class<T> type) {
        String alias = name.replace(' ', '_');
        query("native, typed: " + name, session -> {
            List<T> list = sql(session, "select " + expression + " as as_" + alias + " from Writer order by id", type)
                    .list();
            assertThat(list.get(0)).isInstanceOf(type);
            return list;
        });
    }

    static Stream<Named<Function<Session, ?>>> queries() {
        QUERIES.clear();
        entities();
        projections();
        joins();
        natives();
        criteriaPagesAndFilters();
        layouts();
        return QUERIES.entrySet().stream().map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    private static void entities() {
        hql("entities", "from Writer order by id", Writer.class);
        hql("entities of several classes", "from Piece order by id", Piece.class);
        hql("entities with a composite id", "from Leaf order by id.number", Leaf.class);
        hql("entities that refer to any other", "from Pointer order by id", Library.Pointer.class);
        hql("an entity that is null", "select n.writer from Novel n left join n.writer order by n.id", Writer.class);
        hql("no entity", "from Writer where name = 'nobody'", Writer.class);
        hql("no column", "select id, name from Writer where name = 'nobody'", Object[].class);
        query("one entity", session -> session.createQuery("from Writer where id = :id", Writer.class)
                .setParameter("id", 1L)
                .setCacheable(true)
                .getSingleResult());
        query("no single result", session -> session.createQuery("from Writer where id = 9", Writer.class)
                .setCacheable(true)
                .getSingleResultOrNull());
        query(
                "a stream",
                session ->
                        session
                                .createQuery("select name from Writer order by id", String.class)
                                .setCacheable(true)
                                .list()
                                .stream()
                                .toList());
    }

    private static void projections() {
        hql("a tuple", "select id, name, born, seen, salary, token from Writer order by id", Object[].class);
        hql("a JPA tuple", "select id as i, name as n, genre as g from Writer order by id", Tuple.class);
        hql("a scalar", "select name from Writer order by id", String.class);
        hql("a scalar that may be null", "select born from Writer order by id", LocalDate.class);
        hql("a scalar that is always null", "select mood from Writer where id = 2", Object.class);
        hql("a count", "select count(*) from Writer", Long.class);
        hql("aggregates", "select sum(price), avg(price), max(title), count(price) from Novel", Object[].class);
        hql("an aggregate of nothing", "select sum(price) from Novel where id > 9", Double.class);
        hql("groups", "select writer.id, count(*) from Novel group by writer.id order by 1", Object[].class);
        hql(
                "expressions of literals",
                "select 1 + 1, concat('a', 'b'), 1.5d * 2, id from Writer order by id",
                Object[].class);
        hql("bytes", "select picture from Writer order by id", byte[].class);
        hql("enums and a converter", "select genre, mood, fee from Writer order by id", Object[].class);
        hql("an enum by itself", "select mood from Writer order by id", Library.Mood.class);
        hql("a converted value by itself", "select fee from Writer order by id", Money.class);
        hql("an embeddable", "select address from Writer order by id", Library.Address.class);
        hql("an embeddable in an embeddable", "select address.town, id from Writer order by id", Object[].class);
        hql("a composite id", "select id from Leaf order by id.number", LeafId.class);
        hql("a reference to any entity", "select subject from Pointer order by id", Object.class);
        hql("a class", "select type(p), p.title from Piece p order by p.id", Object[].class);
        hql("a map's entries", "select key(p), value(p) from Writer w join w.prizes p order by 1", Object[].class);
        hql(
                "a constructor",
                "select new " + Library.Line.class.getName() + "(name, born) from Writer order by id",
                Library.Line.class);
        hql("a record", "select name, genre, fee from Writer order by id", Card.class);
        hql(
                "a record by its constructor",
                "select new " + Card.class.getName() + "(name, genre, fee) from Writer order by id",
                Card.class);
        hql("a list", "select new list(name, id) from Writer order by id", List.class);
        hql("a map", "select new map(name as n, id as i) from Writer order by id", Map.class);
        query("tuples transformed", session -> session.createQuery(
                        "select name, id from Writer order by id", Object[].class)
                .setTupleTransformer((tuple, aliases) -> "<" + tuple[0] + ">")
                .setCacheable(true)
                .list());
    }

    private static void joins() {
        hql("two entities", "select w, n from Writer w left join w.novels n order by w.id, n.id", Object[].class);
        hql("an entity and a column", "select w, w.name, w.address from Writer w order by w.id", Object[].class);
        hql("a reference fetched", "from Novel n left join fetch n.writer order by n.id", Novel.class);
        hql("a collection fetched", "from Writer w left join fetch w.novels order by w.id", Writer.class);
        hql("elements fetched", "from Writer w left join fetch w.pens order by w.id", Writer.class);
        hql("a map fetched", "from Writer w left join fetch w.prizes order by w.id", Writer.class);
        hql(
                "a reference and its collection fetched",
                "from Novel n join fetch n.writer w left join fetch w.prizes order by n.id",
                Novel.class);
        query("an entity graph", session -> {
            EntityGraph<Writer> graph = session.createEntityGraph(Writer.class);
            graph.addAttributeNodes("novels");
            return session.createQuery("from Writer order by id", Writer.class)
                    .setHint("jakarta.persistence.loadgraph", graph)
                    .setCacheable(true)
                    .list();
        });
    }

    private static void natives() {
        query("native, without a mapping", session -> sql(
                        session, "select id, name, born, salary, token from Writer order by id", Object[].class)
                .list());
        query("native, one column without a mapping", session -> sql(
                        session, "select name from Writer order by id", Object.class)
                .list());
        query("native, JPA tuples", session -> sql(
                        session, "select id as i, name as n from Writer order by id", Tuple.class)
                .list());
        query("native, nothing", session -> sql(session, "select name from Writer where id > 9", String.class)
                .list());
        query("native, entities", session -> sql(session, "select * from Writer order by id", Writer.class)
                .list());
        query("native, entities of several classes", session -> session.createNativeQuery(
                        "select * from Piece order by id", Piece.class)
                .setCacheable(true)
                .list());
        if (!CodecLines.onHibernate6()) {
            // 6.6.0 itself fails on the embeddable in the reference: DynamicFetchBuilderLegacy.buildFetch.
            query("native, an entity and a reference", session -> sql(
                            session,
                            "select {n.*}, {w.*} from Novel n join Writer w on w.id = n.writer_id order by n.id",
                            Object[].class)
                    .addEntity("n", Novel.class)
                    .addJoin("w", "n.writer")
                    .list());
        }
        query("native, scalars", session -> sql(
                        session, "select name, id, born from Writer order by id", Object[].class)
                .addScalar("name", StandardBasicTypes.STRING)
                .addScalar("id", StandardBasicTypes.BIG_DECIMAL)
                .addScalar("born", LocalDate.class)
                .list());
        query("native, an enum", session -> sql(session, "select genre from Writer order by id", Object.class)
                .addScalar("genre", Genre.class)
                .list());
        query("native, a converter", session -> sql(session, "select fee from Writer order by id", Object.class)
                .addScalar("fee", Money.class, String.class, new Library.MoneyConverter())
                .list());
        query("native, a mapping by constructor", session -> session.createNativeQuery(
                        "select name, born from Writer order by id", "lines")
                .addSynchronizedEntityClass(Writer.class)
                .setCacheable(true)
                .list());
        query("native, a mapping of entities and columns", session -> session.createNativeQuery(
                        "select w.*, (select count(*) from Novel n where n.writer_id = w.id) as novels"
                                + " from Writer w order by w.id",
                        "writersAndCounts")
                .addSynchronizedEntityClass(Novel.class)
                .setCacheable(true)
                .list());
        typed("text", "name", String.class);
        typed("text of any length", "cast(name as varchar)", String.class);
        typed("long", "id", Long.class);
        typed("integer", "id", Integer.class);
        typed("decimal", "salary", BigDecimal.class);
        typed("double", "salary", Double.class);
        typed("date", "born", LocalDate.class);
        typed("old date", "born", java.sql.Date.class);
        typed("instant", "seen", Instant.class);
        typed("timestamp", "seen", java.sql.Timestamp.class);
        typed("UUID", "token", UUID.class);
        typed("bytes", "picture", byte[].class);
        typed("boolean", "id = 1", Boolean.class);
    }

    private static void criteriaPagesAndFilters() {
        query("criteria", session -> {
            var criteria = session.getCriteriaBuilder().createQuery(Writer.class);
            var writer = criteria.from(Writer.class);
            writer.fetch("pens", jakarta.persistence.criteria.JoinType.LEFT);
            criteria.where(session.getCriteriaBuilder().equal(writer.get("genre"), Genre.PROSE));
            return session.createQuery(criteria).setCacheable(true).list();
        });
        query("criteria of a tuple", session -> {
            var criteria = session.getCriteriaBuilder().createTupleQuery();
            var writer = criteria.from(Writer.class);
            criteria.multiselect(
                            writer.get("name").alias("n"), writer.get("fee").alias("f"))
                    .orderBy(session.getCriteriaBuilder().asc(writer.get("id")));
            return session.createQuery(criteria).setCacheable(true).list();
        });
        query("a page", session -> session.createQuery("from Novel order by id", Novel.class)
                .setFirstResult(1)
                .setMaxResults(1)
                .setCacheable(true)
                .list());
        query("a page of fetched collections", session -> session.createQuery(
                        "from Writer w left join fetch w.novels order by w.id", Writer.class)
                .setFirstResult(0)
                .setMaxResults(1)
                .setCacheable(true)
                .list());
        query("a page beyond the end", session -> session.createQuery("from Novel order by id", Novel.class)
                .setFirstResult(10)
                .setMaxResults(5)
                .setCacheable(true)
                .list());
        query("a filter", session -> {
            session.enableFilter("bornBefore").setParameter("year", LocalDate.of(1900, 1, 1));
            session.enableFilter("glad");
            return session.createQuery("from Writer order by id", Writer.class)
                    .setCacheable(true)
                    .list();
        });
        query("parameters of every kind", session -> session.createQuery(
                        "select w.name from Writer w where w.fee = :fee and w.genre = :genre and w.mood = :mood"
                                + " and w.token = :token and w.id in :ids and w.address.town = :town",
                        String.class)
                .setParameter("fee", new Money(new BigDecimal("12.50"), "EUR"))
                .setParameter("genre", Genre.PROSE)
                .setParameter("mood", Library.Mood.GLAD)
                .setParameter("token", Library.KEY)
                .setParameterList("ids", List.of(1L, 2L))
                .setParameter("town", new Library.Town("London", 7))
                .setCacheable(true)
                .list());
        query("an entity as parameter", session -> session.createQuery(
                        "select title from Novel where writer = :w order by id", String.class)
                .setParameter("w", session.getReference(Writer.class, 1L))
                .setCacheable(true)
                .list());
    }

    private static void layouts() {
        hql("FULL", "from FullNote", FullNote.class);
        hql("SHALLOW", "from ShallowNote", ShallowNote.class);
        hql("AUTO", "from AutoNote", AutoNote.class);
        hql("SHALLOW_WITH_DISCRIMINATOR", "from Shape order by id", Shape.class);
        hql(
                "of every layout",
                "select f, s, a, h, s.text from FullNote f, ShallowNote s, AutoNote a, Shape h order by h.id",
                Object[].class);
    }

    /** A result as values that can be compared; what is not initialized stays so. */
    private static Object seen(Object value) {
        if (value instanceof Tuple tuple) {
            List<Object> all = new ArrayList<>();
            tuple.getElements().forEach(element -> all.add(element.getAlias()));
            all.addAll((List<?>) seen(tuple.toArray()));
            return all;
        }
        if (value instanceof Object[] array) {
            return seen(Arrays.asList(array));
        }
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        if (value != null && !Hibernate.isInitialized(value)) {
            return "not initialized";
        }
        if (value instanceof Collection<?> collection) {
            List<Object> all = new ArrayList<>();
            collection.forEach(each -> all.add(seen(each)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map).toString();
        }
        Object real = Hibernate.unproxy(value);
        if (real == null || !real.getClass().getName().startsWith(Library.class.getName())) {
            return real;
        }
        return real instanceof Record || real instanceof Enum<?> ? real : fields(real);
    }

    private static Map<String, Object> fields(Object object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("class", object.getClass().getSimpleName());
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                try {
                    Object value = field.get(object);
                    // A novel and its writer refer to each other.
                    boolean back = object instanceof Novel && value instanceof Writer && Hibernate.isInitialized(value);
                    fields.put(
                            field.getName(), back ? "writer " + ((Writer) Hibernate.unproxy(value)).name : seen(value));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return fields;
    }
}
