package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.hibernate.query.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever tells two queries apart is in the keys of their results: no query is served another's answer. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class QueryKeysIT {

    /** Two that are different and print alike: a key made of what values print would take one for the other. */
    record Pattern(String text, boolean exact) {
        @Override
        public String toString() {
            return "Pattern";
        }
    }

    static class PatternConverter implements jakarta.persistence.AttributeConverter<Pattern, String> {
        @Override
        public String convertToDatabaseColumn(Pattern pattern) {
            return pattern == null ? null : pattern.exact() + ":" + pattern.text();
        }

        @Override
        public Pattern convertToEntityAttribute(String text) {
            return text == null ? null : new Pattern(text.substring(text.indexOf(':') + 1), text.startsWith("true"));
        }
    }

    @Entity(name = "Rule")
    @FilterDef(name = "upTo", parameters = @ParamDef(name = "id", type = Long.class))
    @FilterDef(name = "among", parameters = @ParamDef(name = "ids", type = Long.class))
    @Filter(name = "upTo", condition = "id <= :id")
    @FilterDef(name = "except", parameters = @ParamDef(name = "ids", type = Long.class))
    @FilterDef(name = "notTo", parameters = @ParamDef(name = "id", type = Long.class))
    @Filter(name = "among", condition = "id in (:ids)")
    @Filter(name = "except", condition = "id not in (:ids)")
    @Filter(name = "notTo", condition = "id > :id")
    @FilterDef(name = "viewer", parameters = @ParamDef(name = "viewer", type = Long.class, resolver = Viewer.class))
    @Filter(name = "viewer", condition = "id <> coalesce(:viewer, 3)")
    static class Rule {
        @Id
        long id;

        @Convert(converter = PatternConverter.class)
        Pattern pattern;

        List<String> words = new ArrayList<>();

        Rule() {}

        Rule(long id, Pattern pattern) {
            this.id = id;
            this.pattern = pattern;
        }
    }

    /** Knows who looks. */
    static final class Viewer implements Supplier<Long> {

        private static Long current;

        @Override
        public Long get() {
            return current;
        }
    }

    private final CacheBackend backend;

    QueryKeysIT(CacheBackend backend) {
        this.backend = backend;
    }

    /** Asks all questions, then all again, which costs no SQL: each has its own answer both times. */
    private static void eachHasItsOwnAnswer(CachedFactory factory, List<Function<Session, Object>> questions) {
        List<Object> answers = new ArrayList<>();
        for (Function<Session, Object> question : questions) {
            factory.statements().clear();
            answers.add(factory.fromTransaction(question));
            assertThatCache(factory).statements(1);
        }
        for (int i = 0; i < questions.size(); i++) {
            assertThat(assertThatCache(factory).readsWithoutSql(questions.get(i)))
                    .isEqualTo(answers.get(i));
        }
    }

    private CachedFactory rules(String... settings) {
        CachedFactory.Builder builder = CachedFactory.on(backend, Book.class, Rule.class);
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        CachedFactory factory = builder.build();
        factory.inTransaction(session -> {
            session.persist(new Book(1, "Emma"));
            session.persist(new Rule(1, new Pattern("a", true)));
            session.persist(new Rule(2, new Pattern("a", false)));
            session.persist(new Rule(3, new Pattern("b", true)));
        });
        return factory;
    }

    private static Function<Session, Object> echo(Object... parameters) {
        return session -> {
            Query<Object> query = session.createNativeQuery(
                            "select " + "cast(? as varchar) || '/' || cast(? as varchar) from Book", Object.class)
                    .addSynchronizedEntityClass(Book.class)
                    .setCacheable(true);
            query.setParameter(1, parameters[0]);
            query.setParameter(2, parameters[1]);
            return query.list();
        };
    }

    @Test
    void parametersThatPrintAlike() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    List.of(
                            echo("a', 'b", "c"),
                            echo("a", "b', 'c"),
                            echo("a, b", "c"),
                            echo("a", "b, c"),
                            echo("a,b", "c"),
                            echo("a", "b,c"),
                            echo("", "ab"),
                            echo("ab", ""),
                            echo("null", "x"),
                            echo("[1]", "x"),
                            echo("1", "x"),
                            echo("S1", "x"),
                            // A tag of text before each, and no length: the same bytes.
                            echo("\u53cc", ""),
                            echo("", "\ucc53"),
                            echo("1 ", "x")));
        }
    }

    @Test
    void parametersOfAnotherType() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    Stream.<Object>of(
                                    1,
                                    1L,
                                    (short) 1,
                                    (byte) 1,
                                    "1",
                                    '1',
                                    1.0,
                                    1.0f,
                                    BigDecimal.ONE,
                                    new BigDecimal("1.0"),
                                    BigInteger.ONE,
                                    true,
                                    "true")
                            .map(value -> echo(value, "x"))
                            .toList());
        }
    }

    @Test
    void valuesOfAClassThatPrintsThemAlike() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    Stream.of(new Pattern("a", true), new Pattern("a", false), new Pattern("b", true))
                            .<Function<Session, Object>>map(pattern -> session -> session.createQuery(
                                            "select id from Rule where pattern = :pattern", Long.class)
                                    .setParameter("pattern", pattern)
                                    .setCacheable(true)
                                    .list())
                            .toList());
        }
    }

    @Test
    void limits() {
        try (CachedFactory factory = rules()) {
            List<Function<Session, Object>> pages = new ArrayList<>();
            for (int first = 0; first < 3; first++) {
                for (int max = 1; max < 4; max++) {
                    int from = first;
                    int most = max;
                    pages.add(session -> session.createQuery("select id from Rule order by id", Long.class)
                            .setFirstResult(from)
                            .setMaxResults(most)
                            .setCacheable(true)
                            .list());
                }
            }
            pages.add(session -> session.createQuery("select id from Rule order by id", Long.class)
                    .setCacheable(true)
                    .list());
            eachHasItsOwnAnswer(factory, pages);
        }
    }

    private static List<Long> ids(Session session) {
        return session.createQuery("select id from Rule order by id", Long.class)
                .setCacheable(true)
                .list();
    }

    @Test
    void filtersAndTheirParameters() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    List.of(
                            QueryKeysIT::ids,
                            session -> {
                                session.enableFilter("upTo").setParameter("id", 1L);
                                return ids(session);
                            },
                            session -> {
                                session.enableFilter("upTo").setParameter("id", 2L);
                                return ids(session);
                            },
                            session -> {
                                session.enableFilter("among").setParameterList("ids", List.of(1L, 3L));
                                return ids(session);
                            },
                            session -> {
                                session.enableFilter("among").setParameterList("ids", List.of(2L, 3L));
                                return ids(session);
                            }));
        }
    }

    private static Function<Session, Object> between(long notTo, long upTo) {
        return session -> {
            session.enableFilter("notTo").setParameter("id", notTo);
            session.enableFilter("upTo").setParameter("id", upTo);
            return ids(session);
        };
    }

    /** The values of all filters stand in one row, as those of a statement's parameters do. */
    @Test
    void filtersThatExchangeTheirValues() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(factory, List.of(between(1, 2), between(2, 1), between(0, 3), between(3, 0)));
        }
    }

    /** Takes its value from elsewhere: it is in the statement, and not among the filter's arguments. */
    @Test
    void filtersWhoseValueIsResolved() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    Stream.of(1L, 2L, null)
                            .<Function<Session, Object>>map(viewer -> session -> {
                                Viewer.current = viewer;
                                session.enableFilter("viewer");
                                return ids(session);
                            })
                            .toList());
        }
    }

    private static Function<Session, Object> twoMore(List<Long> some, List<Long> others) {
        return session -> session.createQuery(
                        "select id from Rule where id + 2 in :some and id not in :others order by id", Long.class)
                .setParameterList("some", some)
                .setParameterList("others", others)
                .setCacheable(true)
                .list();
    }

    /** Two lists, padded with their last values, may have the same statement and the same values in one row. */
    @Test
    void severalListsThatMayBePaddedHaveNoKey() {
        Function<Session, Object> one = twoMore(List.of(1L, 2L, 3L), List.of(4L, 5L, 6L, 7L));
        Function<Session, Object> other = twoMore(List.of(1L, 2L, 3L, 4L), List.of(5L, 6L, 7L));
        try (CachedFactory factory = rules("hibernate.query.in_clause_parameter_padding", "true")) {
            for (int pass = 0; pass < 2; pass++) {
                assertThat(factory.fromTransaction(one)).isEqualTo(List.of(1L));
                assertThat(factory.fromTransaction(other)).isEqualTo(List.of(1L, 2L));
            }
            assertThat(factory.statistics().getQueryCachePutCount()).isPositive();
            assertThatCache(factory).queryHits(0);
            eachHasItsOwnAnswer(
                    factory,
                    List.of(
                            twoMore(List.of(1L, 2L, 3L), List.of(4L)),
                            twoMore(List.of(1L, 2L, 3L, 4L), List.of(5L)),
                            twoMore(List.of(3L), List.of(4L, 5L, 6L, 7L))));
        }
        try (CachedFactory unpadded = rules()) {
            eachHasItsOwnAnswer(unpadded, List.of(one, other));
        }
    }

    @Test
    void arraysAndListsThatPrintAlike() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    Stream.of(
                                    List.of("a", "b"),
                                    List.of("a, b"),
                                    List.of("a", "b", ""),
                                    List.of("a", "b, "),
                                    List.<String>of(),
                                    List.of(""),
                                    List.of("null"),
                                    Arrays.asList((String) null),
                                    List.of("[a]"),
                                    List.of("a"))
                            .<Function<Session, Object>>map(words -> session -> session.createQuery(
                                            "select id from Rule where words = :words", Long.class)
                                    .setParameter("words", words)
                                    .setCacheable(true)
                                    .list())
                            .toList());
        }
    }

    /** What a driver may be given for one and the same column. */
    @Test
    void timesBytesAndNamesOfAnotherType() {
        Instant instant = Instant.parse("2024-02-29T00:00:00Z");
        LocalDate day = LocalDate.of(2024, 2, 29);
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    Stream.<Object>of(
                                    day,
                                    day.toString(),
                                    java.sql.Date.valueOf(day),
                                    java.sql.Timestamp.valueOf(day.atStartOfDay()),
                                    new java.sql.Timestamp(0),
                                    day.atStartOfDay(),
                                    instant,
                                    instant.toString(),
                                    instant.atOffset(ZoneOffset.UTC),
                                    instant.atZone(ZoneOffset.UTC),
                                    instant.atOffset(ZoneOffset.ofHours(1)),
                                    new UUID(1, 2),
                                    new UUID(1, 2).toString(),
                                    new byte[] {1, 2},
                                    new byte[] {1, 2, 0},
                                    "[1, 2]",
                                    "0102")
                            .map(value -> echo(value, "x"))
                            .toList());
        }
    }

    @Test
    void regionsAndTimesToLive() {
        try (CachedFactory factory = rules()) {
            eachHasItsOwnAnswer(
                    factory,
                    Stream.of("one", "two", "one@60s", "one@61s", "one@0")
                            .<Function<Session, Object>>map(
                                    region -> session -> session.createQuery("select id from Rule", Long.class)
                                            .setCacheable(true)
                                            .setCacheRegion(region)
                                            .list())
                            .toList());
        }
    }
}
