package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.Tables.Base;
import dev.dorm.cache.Tables.Custom;
import dev.dorm.cache.Tables.LeafA;
import dev.dorm.cache.Tables.Other;
import dev.dorm.cache.Tables.Plain;
import dev.dorm.cache.Tables.Sub;
import dev.dorm.cache.Tables.Twofold;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever way a table is written, exactly the results over it are stale, in every session factory of the store. Hibernate
 * recreates the collections of an entity that is new, empty or not, and a bulk write counts as one to the tables of the
 * entity's collections too, since it may be a delete.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryTablesIT {

    /** A query, and the tables it reads. */
    record Question(Set<String> tables, Function<Session, Object> query) {}

    /** A write, and the tables it changes; none if it names none, and may change any. */
    record Write(Set<String> tables, Consumer<Session> work) {

        boolean reaches(Question question) {
            return tables.isEmpty() || !Collections.disjoint(tables, question.tables());
        }
    }

    private static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();

    static {
        hql("select max(name), count(*) from Plain", "Plain");
        hql("select max(name), count(*) from Other", "Other");
        hql("select max(t), count(*) from Plain p join p.tags t", "Plain", "Plain_tags");
        hql("select max(f.name), count(*) from Plain p join p.friends f", "Plain", "Plain_friends", "Other");
        sql("select max(tags), count(*) from Plain_tags", "Plain_tags");
        hql("select max(name), count(*) from Base", "Base", "Sub");
        hql("select max(extra), count(*) from Sub", "Base", "Sub");
        hql("select max(name), count(*) from Root", "Root", "LeafA", "LeafB");
        hql("select max(name), count(*) from LeafA", "LeafA");
        hql("select max(name), count(*) from LeafB", "LeafB");
        hql("select max(more), count(*) from Twofold", "Twofold", "Twofold_more");
        hql("select max(name), count(*) from Custom", "Custom");
        hql("select count(*) from Plain p, Sub s where p.id = s.id", "Plain", "Base", "Sub");
    }

    private static void hql(String hql, String... tables) {
        ask(
                hql,
                session -> session.createQuery(hql, Object[].class)
                        .setCacheable(true)
                        .list(),
                tables);
    }

    private static void sql(String sql, String... tables) {
        ask(
                sql,
                session -> {
                    NativeQuery<Object[]> query = session.createNativeQuery(sql, Object[].class);
                    Arrays.stream(tables).forEach(query::addSynchronizedQuerySpace);
                    return query.setCacheable(true).list();
                },
                tables);
    }

    private static void ask(String name, Function<Session, List<?>> query, String... tables) {
        QUESTIONS.put(name, new Question(Set.of(tables), session -> query.apply(session).stream()
                .map(row -> row instanceof Object[] values ? Arrays.toString(values) : String.valueOf(row))
                .toList()));
    }

    static Stream<Named<Write>> writes() {
        return Stream.of(
                write(
                        "an insert",
                        session -> session.persist(new Plain(9, "z")),
                        "Plain",
                        "Plain_tags",
                        "Plain_friends"),
                write("an update", session -> session.find(Plain.class, 1L).name = "zz", "Plain"),
                write(
                        "a delete of an entity and its collections",
                        session -> session.remove(session.find(Plain.class, 1L)),
                        "Plain",
                        "Plain_tags",
                        "Plain_friends"),
                write(
                        "a collection's table",
                        session -> session.find(Plain.class, 1L).tags.add("zz"),
                        "Plain_tags"),
                write(
                        "a join table",
                        session -> session.find(Plain.class, 1L).friends.add(session.find(Other.class, 2L)),
                        "Plain_friends"),
                write("a joined subclass", session -> session.find(Sub.class, 1L).extra = "zz", "Base", "Sub"),
                write("a joined root", session -> session.persist(new Base(9, "zz")), "Base"),
                write("a table of a subclass", session -> session.persist(new LeafA(9, "zz")), "LeafA"),
                write(
                        "a secondary table",
                        session -> session.find(Twofold.class, 1L).more = "zz",
                        "Twofold",
                        "Twofold_more"),
                write("an insert of its own SQL", session -> session.persist(new Custom(9, "zz")), "Custom"),
                write("HQL, update", execute("update Plain set name = 'zz'"), "Plain", "Plain_tags", "Plain_friends"),
                write(
                        "HQL, update of joined tables",
                        execute("update Sub set name = 'zz', extra = 'zz'"),
                        "Base",
                        "Sub"),
                write(
                        "HQL, update of tables of subclasses",
                        execute("update Root set name = 'zz'"),
                        "Root",
                        "LeafA",
                        "LeafB"),
                write("HQL, delete", execute("delete from Plain"), "Plain", "Plain_tags", "Plain_friends"),
                write("HQL, insert", execute("insert into Other (id, name) values (9, 'zz')"), "Other"),
                write(
                        "HQL, insert of what is selected",
                        execute("insert into Other (id, name) select id + 10, name from Plain"),
                        "Other"),
                write(
                        "SQL that names an entity",
                        session -> update(session, "update Plain set name = 'zz'")
                                .addSynchronizedEntityClass(Plain.class)
                                .executeUpdate(),
                        "Plain",
                        "Plain_tags",
                        "Plain_friends"),
                write(
                        "SQL that names a table",
                        session -> update(session, "update Plain_tags set tags = 'zz'")
                                .addSynchronizedQuerySpace("Plain_tags")
                                .executeUpdate(),
                        "Plain_tags"),
                write("SQL that names nothing", session -> update(session, "update Plain set name = 'zz'")
                        .executeUpdate()),
                write(
                        "two tables",
                        session -> {
                            session.find(Plain.class, 1L).name = "zz";
                            session.persist(new Custom(9, "zz"));
                        },
                        "Plain",
                        "Custom"));
    }

    private static Named<Write> write(String name, Consumer<Session> work, String... tables) {
        return Named.of(name, new Write(Set.of(tables), work));
    }

    @SuppressWarnings("deprecation") // the one form that 6.6 and 7.4 share
    private static Consumer<Session> execute(String hql) {
        return session -> session.createQuery(hql).executeUpdate();
    }

    @SuppressWarnings({"deprecation", "unchecked"}) // the one form that 6.6 and 7.4 share
    private static NativeQuery<Object> update(Session session, String sql) {
        return session.createNativeQuery(sql);
    }

    @Parameter
    CacheBackend backend;

    private CachedFactory one;
    private CachedFactory two;
    private CachedFactory uncached;

    @BeforeParameterizedClassInvocation
    void build() {
        one = CachedFactory.on(backend, Tables.entities()).build();
        one.inTransaction(Tables::fill);
        two = one.another(Tables.entities()).build();
        uncached = one.another(Tables.entities())
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false")
                .build();
    }

    @AfterParameterizedClassInvocation
    void close() {
        uncached.close();
        two.close();
        one.close();
    }

    /** Asks everything, and returns what cost SQL; all answers are the database's. */
    private Set<String> asked(CachedFactory factory) {
        Set<String> cost = new TreeSet<>();
        QUESTIONS.forEach((name, question) -> {
            Object fromDatabase = uncached.fromTransaction(question.query());
            factory.statements().clear();
            assertThat(factory.fromTransaction(question.query())).as(name).isEqualTo(fromDatabase);
            if (!factory.statements().all().isEmpty()) {
                cost.add(name);
            }
        });
        return cost;
    }

    /** What another wrote is learned by asking: a result is valid for whoever knew of the write before it began. */
    private void warm() {
        for (int pass = 0; pass < 4; pass++) {
            if (asked(one).isEmpty() & asked(two).isEmpty()) {
                return;
            }
        }
        assertThat(asked(one)).isEmpty();
        assertThat(asked(two)).isEmpty();
    }

    private static Set<String> reachedBy(Write write) {
        Set<String> names = new TreeSet<>();
        QUESTIONS.forEach((name, question) -> {
            if (write.reaches(question)) {
                names.add(name);
            }
        });
        return names;
    }

    @ParameterizedTest
    @MethodSource("writes")
    void exactlyTheResultsOverItAreStale(Write write) {
        warm();
        one.inTransaction(write.work());
        try {
            assertThat(asked(two)).isEqualTo(reachedBy(write));
            assertThat(reachedBy(write)).containsAll(asked(one));
        } finally {
            one.inTransaction(Tables::refill);
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aRollbackServesNothingUncommitted(Write write) {
        warm();
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            write.work().accept(session);
            session.flush();
            assertThat(reachedBy(write)).as("before the end").containsAll(asked(two));
            session.getTransaction().rollback();
        }
        assertThat(reachedBy(write)).as("after it").containsAll(asked(two));
        assertThat(reachedBy(write)).containsAll(asked(one));
    }
}
