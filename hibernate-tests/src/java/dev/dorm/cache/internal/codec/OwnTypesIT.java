package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Printed;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Parameter;
import org.hibernate.annotations.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One class, mapped by several types: each value is written by the type of its own column, or its query is not cached. */
class OwnTypesIT {

    /** A column of each type that there is for a price. */
    @Entity(name = "Ware")
    static class Ware {
        @Id
        long id = 1;

        String name = "old";

        @Type(value = PriceType.class, parameters = @Parameter(name = "currency", value = "USD"))
        Price dollars = new Price(7, "USD");

        @Type(value = PriceType.class, parameters = @Parameter(name = "currency", value = "EUR"))
        Price euros = new Price(7, "EUR");

        @Convert(converter = PriceType.Written.class)
        Price written = new Price(7, "GBP");

        @Convert(converter = PriceType.Written.class)
        @Immutable
        Price kept = new Price(7, "CHF");

        Cost cost = new Cost();

        @ElementCollection
        @Type(value = PriceType.class, parameters = @Parameter(name = "currency", value = "SEK"))
        List<Price> kronor = new ArrayList<>(List.of(new Price(7, "SEK")));

        @ElementCollection
        Map<String, Cost> costs = new TreeMap<>(Map.of("a", new Cost()));
    }

    @Embeddable
    static class Cost {
        @Type(value = PriceType.class, parameters = @Parameter(name = "currency", value = "NOK"))
        Price each = new Price(7, "NOK");

        @Convert(converter = PriceType.Written.class)
        @Immutable
        Price all = new Price(7, "DKK");
    }

    /** Of several types, one puts its values into the cache as they are. */
    @Entity(name = "Raw")
    static class Raw {
        @Id
        long id = 1;

        String name = "old";

        @Type(value = PriceType.class, parameters = @Parameter(name = "currency", value = "USD"))
        Price dollars = new Price(7, "USD");

        @Type(value = PriceType.AsItIs.class, parameters = @Parameter(name = "currency", value = "EUR"))
        Price euros = new Price(7, "EUR");
    }

    /** Two columns of one type. */
    @Entity(name = "Plain")
    static class Plain {
        @Id
        long id = 1;

        @Type(PriceType.class)
        Price low = new Price(1, "EUR");

        @Type(value = PriceType.class, parameters = @Parameter(name = "currency", value = "EUR"))
        Price high = new Price(9, "EUR");
    }

    /** A column whose type does not give back what it was given. */
    @Entity(name = "Lost")
    static class Lost {
        @Id
        long id = 1;

        @Type(PriceType.Losing.class)
        Price price = new Price(7, "EUR");
    }

    record Offer(Price price, String name) {}

    private static Stream<Storing> everyWay() {
        return Storing.everyWay();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aRowHasTheValuesOfItsOwnColumns(Storing storing) {
        try (CachedFactory factory = storing.on(Ware.class).build()) {
            factory.inTransaction(session -> session.persist(new Ware()));
            assertThat(cached(factory, Ware.class)).isEqualTo(uncached(factory, Ware.class));
            assertThat(factory.count(Counter.PUT_REFUSED_UNSUPPORTED)).isZero();
            rename(factory, session -> session.find(Ware.class, 1L).name = "new");
            assertThat(columns(factory, "\"dollars\", \"euros\", \"written\", \"kept\", \"each\", \"all\"", "Ware"))
                    .containsExactly(7, 7, "7 GBP", "7 CHF", 7, "7 DKK");
        }
    }

    /** What one type leaves as it is, no other type may write. */
    @ParameterizedTest
    @MethodSource("everyWay")
    void aValueWithoutAnEncodingIsNotWrittenByTheTypeOfAnotherAttribute(Storing storing) {
        try (CachedFactory factory = storing.on(Raw.class).build();
                Printed printed = Printed.onStandardError()) {
            factory.inTransaction(session -> session.persist(new Raw()));
            factory.get().getCache().evictAllRegions();
            for (int pass = 0; pass < 3; pass++) {
                assertThat(factory.<Object>fromTransaction(session -> Snapshot.of(session.find(Raw.class, 1L))))
                        .isEqualTo(uncached(factory, Raw.class));
            }
            assertThat(printed.lines("Not cached"))
                    .singleElement()
                    .asString()
                    .contains(".euros")
                    .doesNotContain("several types");
        }
    }

    private static final Map<String, Function<Session, List<?>>> QUERIES = Map.of(
            "euros", session -> hql(session, "select w.euros from Ware w", Price.class),
            "dollars", session -> hql(session, "select w.dollars from Ware w", Price.class),
            "both", session -> hql(session, "select w.euros, w.dollars from Ware w", Object[].class),
            "elements", session -> hql(session, "select k from Ware w join w.kronor k", Price.class),
            "an embeddable", session -> hql(session, "select w.cost from Ware w", Cost.class),
            "an element's part", session -> hql(session, "select c.each from Ware w join w.costs c", Price.class),
            "a record",
                    session -> hql(
                            session,
                            "select new " + Offer.class.getName() + "(w.euros, w.name) from Ware w",
                            Offer.class),
            "a tuple",
                    session -> hql(session, "select w.euros as a, w.name as b from Ware w", Tuple.class).stream()
                            .map(tuple -> tuple.get("a"))
                            .toList(),
            "the entity", session -> hql(session, "from Ware", Ware.class),
            "by a parameter",
                    session -> session.createQuery("select w.name from Ware w where w.euros = :p", String.class)
                            .setParameter("p", new Price(7, "EUR"))
                            .setCacheable(true)
                            .list());

    static final List<String> NAMES = List.copyOf(new TreeMap<>(QUERIES).keySet());

    @ParameterizedTest
    @FieldSource("NAMES")
    void aQueryGivesWhatTheDatabaseGives(String name) {
        Function<Session, List<?>> query = QUERIES.get(name);
        for (Storing storing : everyWay().toList()) {
            try (CachedFactory factory = storing.on(Ware.class).build();
                    Printed printed = Printed.onStandardError()) {
                factory.inTransaction(session -> session.persist(new Ware()));
                Object fromDatabase = uncached(factory, Ware.class, session -> seen(query.apply(session)));
                for (int pass = 0; pass < 3; pass++) {
                    assertThat(factory.<Object>fromTransaction(session -> seen(query.apply(session))))
                            .isEqualTo(fromDatabase);
                }
                boolean served = factory.statistics().getQueryCacheHitCount() > 0;
                assertThat(printed.lines("Not cached"))
                        .hasSize(served ? 0 : 1)
                        .allMatch(line -> line.contains("several types"));
                assertThat(served).isEqualTo(name.equals("by a parameter"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aQueryIsCachedWhereOneTypeIsThereForTheClass(Storing storing) {
        try (CachedFactory factory = storing.on(Plain.class).build()) {
            factory.inTransaction(session -> session.persist(new Plain()));
            Function<Session, List<?>> query =
                    session -> hql(session, "select p.low, p.high from Plain p", Object[].class);
            for (int pass = 0; pass < 2; pass++) {
                assertThat(factory.fromTransaction(query::apply)).hasSize(1);
            }
            Object[] served = (Object[]) assertThatCache(factory)
                    .readsWithoutSql(session -> query.apply(session).get(0));
            assertThat(served).containsExactly(new Price(1, "EUR"), new Price(9, "EUR"));
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aQueryIsNotCachedWhereTheTypeDoesNotGiveItsValueBack(Storing storing) {
        try (CachedFactory factory = storing.on(Lost.class).build();
                Printed printed = Printed.onStandardError()) {
            factory.inTransaction(session -> session.persist(new Lost()));
            for (int pass = 0; pass < 3; pass++) {
                assertThat(factory.<List<Price>>fromTransaction(
                                session -> hql(session, "select price from Lost", Price.class)))
                        .containsExactly(new Price(7, "EUR"));
            }
            assertThat(printed.lines("Not cached"))
                    .singleElement()
                    .asString()
                    .contains("does not assemble its value again");
        }
    }

    private static <T> List<T> hql(Session session, String hql, Class<T> type) {
        return session.createQuery(hql, type).setCacheable(true).list();
    }

    private static Object seen(List<?> rows) {
        return rows.stream().map(Snapshot::of).toList();
    }

    private static Object uncached(CachedFactory factory, Class<?> type) {
        return uncached(factory, type, session -> Snapshot.of(session.find(type, 1L)));
    }

    private static Object uncached(CachedFactory factory, Class<?> type, Function<Session, Object> read) {
        try (CachedFactory uncached = factory.another(type).uncached().build()) {
            return uncached.fromTransaction(read);
        }
    }

    private static Object cached(CachedFactory factory, Class<?> type) {
        factory.get().getCache().evictAllRegions();
        for (int pass = 0; pass < 3; pass++) {
            factory.inTransaction(session -> Snapshot.of(session.find(type, 1L)));
        }
        return assertThatCache(factory).readsWithoutSql(session -> Snapshot.of(session.find(type, 1L)));
    }

    private static void rename(CachedFactory factory, Consumer<Session> change) {
        factory.inTransaction(change);
    }

    private static Object[] columns(CachedFactory factory, String columns, String table) {
        return factory.fromTransaction(session ->
                (Object[]) session.createNativeQuery("select " + columns + " from \"" + table + "\"", Object[].class)
                        .getSingleResult());
    }
}
