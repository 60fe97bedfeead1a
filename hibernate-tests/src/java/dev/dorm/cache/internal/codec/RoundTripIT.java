package dev.dorm.cache.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.codec.Everything.Address;
import dev.dorm.cache.internal.codec.Everything.Allowed;
import dev.dorm.cache.internal.codec.Everything.City;
import dev.dorm.cache.internal.codec.Everything.Color;
import dev.dorm.cache.internal.codec.Everything.Document;
import dev.dorm.cache.internal.codec.Everything.Holder;
import dev.dorm.cache.internal.codec.Everything.Money;
import dev.dorm.cache.internal.codec.Everything.Part;
import dev.dorm.cache.internal.codec.Everything.PartId;
import dev.dorm.cache.internal.codec.Everything.SpecialPart;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UndecodableException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from the cache is what the database gives, for every kind of attribute. */
class RoundTripIT {

    static final UUID ID = UUID.fromString("6f1f6f2e-2d0f-4d57-9df6-0d3a6a1c1c11");
    private static final UUID EMPTY = new UUID(0, 1);

    private SessionFactory factory;
    private CodecRegionFactory cache;

    @AfterEach
    void close() {
        if (factory != null) {
            factory.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"json,false", "json,true", "smile,false", "smile,true"})
    void whatComesFromTheCacheIsWhatTheDatabaseGives(String format, boolean structured) throws Exception {
        start(format, structured);
        Map<String, Object> fromDatabase = in(session -> state(session.find(Holder.class, ID)));
        Map<String, Object> nothing = in(session -> state(session.find(Holder.class, EMPTY)));
        in(session -> touch(byNaturalId(session)));
        assertThat(cache.problems).isEmpty();
        long statements = factory.getStatistics().getPrepareStatementCount();
        Map<String, Object> fromCache = in(session -> state(session.find(Holder.class, ID)));
        Map<String, Object> stillNothing = in(session -> state(session.find(Holder.class, EMPTY)));
        in(session -> touch(byNaturalId(session)));
        assertThat(cache.problems).isEmpty();
        assertThat(factory.getStatistics().getPrepareStatementCount()).isEqualTo(statements);
        assertThat(fromCache.keySet()).isEqualTo(fromDatabase.keySet());
        fromDatabase.forEach((name, value) -> {
            Object cached = fromCache.get(name);
            assertThat(cached).as(name).isEqualTo(value);
            if (value != null) {
                assertThat(cached.getClass()).as(name).isEqualTo(value.getClass());
            }
        });
        assertThat(stillNothing).usingRecursiveComparison().isEqualTo(nothing);
    }

    @ParameterizedTest
    @CsvSource({"json", "smile"})
    void queryResultsComeFromTheCache(String format) throws Exception {
        start(format, false);
        List<Function<Session, Object>> queries = List.of(
                session -> names(session.createQuery("from Part p order by p.label", Part.class)
                        .setCacheable(true)
                        .list()),
                session -> session.createQuery("select p.label from Part p order by p.label", String.class)
                        .setCacheable(true)
                        .list(),
                session -> rows(session.createQuery(
                                "select p.label, p.edition, p.holder.id, h.color, h.money, h.decimal, h.date, h.document"
                                        + " from Part p left join p.holder h order by p.label",
                                Object[].class)
                        .setCacheable(true)
                        .list()),
                session -> session.createQuery("select count(p) from Part p", Long.class)
                        .setCacheable(true)
                        .list(),
                session -> session.createQuery("select p.edition from Part p where p.label = :none", Integer.class)
                        .setParameter("none", "nothing has this")
                        .setCacheable(true)
                        .list(),
                session -> session.createQuery("select h.string from Holder h where h.id = :id", String.class)
                        .setParameter("id", EMPTY)
                        .setCacheable(true)
                        .list(),
                session -> names(session.createNativeQuery("select * from Part order by label", Part.class)
                        .setCacheable(true)
                        .list()),
                session -> rows(session.createNativeQuery(
                                "select label, edition, code from Part order by label", Object[].class)
                        .addSynchronizedQuerySpace("Part")
                        .setCacheable(true)
                        .list()),
                session -> session.createNativeQuery("select count(*) as n from Part", Long.class)
                        .addSynchronizedQuerySpace("Part")
                        .setCacheable(true)
                        .list(),
                session -> names(session.createQuery("from Part p join fetch p.holder order by p.label", Part.class)
                        .setFirstResult(0)
                        .setMaxResults(1)
                        .setCacheable(true)
                        .list()));
        for (Function<Session, Object> query : queries) {
            Object first = in(query);
            assertThat(cache.problems).isEmpty();
            long statements = factory.getStatistics().getPrepareStatementCount();
            Object second = in(query);
            assertThat(cache.problems).isEmpty();
            assertThat(second).as("query %d", queries.indexOf(query)).isEqualTo(first);
            assertThat(factory.getStatistics().getPrepareStatementCount())
                    .as("query %d", queries.indexOf(query))
                    .isEqualTo(statements);
        }
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(queries.size());
    }

    @ParameterizedTest
    @CsvSource({"json", "smile"})
    void hostileBytesAreAMissAndNothingElse(String format) throws Exception {
        start(format, false);
        SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
        in(session -> state(session.find(Holder.class, ID)));
        assertThat(cache.rows).hasSizeGreaterThan(5);
        Codecs codecs = new Codecs(implementor, Format.of(format), Set.of(Allowed.class.getName()));
        RowCodec codec = codecs.forEntity(implementor.getMappingMetamodel().getEntityDescriptor(Holder.class));
        byte[] row = cache.rows.get(Holder.class.getName() + ":" + ID);
        in(session -> {
            var reader = (SharedSessionContractImplementor) session;
            Random random = new Random(1);
            for (int i = 0; i < 30_000; i++) {
                byte[] bytes = row.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                attempt(codec, bytes, bytes.length, reader);
            }
            for (int length = 0; length < row.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> codec.decode(row, 0, cut, reader)).isInstanceOf(UndecodableException.class);
            }
            byte[] deep = "[".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> codec.decode(deep, 0, deep.length, reader))
                    .isInstanceOf(UndecodableException.class);
            return null;
        });
    }

    @Test
    void aPayloadNamesNoClassThatIsNotKnown() throws Exception {
        start("json", false);
        SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
        in(session -> state(session.find(Holder.class, ID)));
        String row = new String(cache.rows.get(Holder.class.getName() + ":" + ID), StandardCharsets.UTF_8);
        String known = "{\"class\":\"" + Holder.class.getName() + "\"}";
        assertThat(row).contains(known);
        Codecs codecs = new Codecs(implementor, Format.JSON, Set.of(Allowed.class.getName()));
        RowCodec codec = codecs.forEntity(implementor.getMappingMetamodel().getEntityDescriptor(Holder.class));
        for (String payload : List.of(
                "{\"class\":\"javax.script.ScriptEngineManager\"}",
                "{\"enum\":[\"java.util.concurrent.TimeUnit\",\"DAYS\"]}",
                "{\"enum:java.util.concurrent.TimeUnit[]\":[]}",
                "{\"bean\":[\"java.util.ArrayList\",[]]}",
                "{\"mapped\":[\"java.lang.ProcessBuilder\",1]}",
                "{\"any\":[\"java.lang.Object\",1]}")) {
            byte[] bytes = row.replace(known, payload).getBytes(StandardCharsets.UTF_8);
            in(session -> {
                assertThatThrownBy(
                                () -> codec.decode(bytes, 0, bytes.length, (SharedSessionContractImplementor) session))
                        .as(payload)
                        .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.reason())
                                .isEqualTo(UndecodableException.Reason.UNKNOWN_NAME));
                return null;
            });
        }
    }

    private static void attempt(RowCodec codec, byte[] bytes, int length, SharedSessionContractImplementor session) {
        try {
            codec.decode(bytes, 0, length, session);
        } catch (UndecodableException expected) {
            // Any other exception fails the test.
        }
    }

    private static Object byNaturalId(Session session) {
        return session.byNaturalId(Part.class)
                .using("code", "C%|1")
                .using("edition", 7)
                .load();
    }

    private static Object touch(Object part) {
        assertThat(part).isInstanceOf(SpecialPart.class);
        return part;
    }

    private static Object names(List<Part> parts) {
        return parts.stream()
                .map(part ->
                        part.getClass().getSimpleName() + part.id.series + part.id.number + part.label + part.holder.id)
                .toList();
    }

    private static Object rows(List<Object[]> rows) {
        return rows.stream().map(row -> List.of(row)).toList();
    }

    private Map<String, Object> state(Holder holder) {
        Map<String, Object> state = new java.util.LinkedHashMap<>();
        try {
            for (Field field : Holder.class.getDeclaredFields()) {
                if (field.isSynthetic()) {
                    continue;
                }
                Object value = field.get(holder);
                Hibernate.initialize(value);
                state.put(field.getName(), comparable(value));
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return state;
    }

    private Object comparable(Object value) {
        if (value instanceof Holder holder) {
            return "holder " + holder.id;
        }
        if (value instanceof Part part) {
            return "part " + Hibernate.unproxy(part).getClass() + part.id.series + part.id.number + part.label;
        }
        if (value instanceof Address address) {
            return address.street + (address.city == null ? null : address.city.name + address.city.zip);
        }
        if (value instanceof java.util.SortedSet<?> set) {
            return new java.util.TreeSet<>(set);
        }
        if (value instanceof java.util.Set<?> set) {
            return new java.util.HashSet<>(set);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::comparable).toList();
        }
        return value instanceof Map<?, ?> map ? new java.util.HashMap<>(map) : value;
    }

    private <T> T in(Function<Session, T> work) {
        return factory.fromTransaction(work::apply);
    }

    private void start(String format, boolean structured) throws Exception {
        factory = new Configuration()
                .addAnnotatedClass(Holder.class)
                .addAnnotatedClass(Part.class)
                .addAnnotatedClass(SpecialPart.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.cache.region.factory_class", CodecRegionFactory.class.getName())
                .setProperty("hibernate.cache.use_query_cache", "true")
                .setProperty("hibernate.generate_statistics", "true")
                .setProperty("hibernate.cache.use_structured_entries", Boolean.toString(structured))
                .setProperty("hibernate.hbm2ddl.halt_on_error", "true")
                .setProperty("hibernate.type.wrapper_array_handling", "allow")
                .setProperty(CodecRegionFactory.FORMAT, format)
                .buildSessionFactory();
        cache = (CodecRegionFactory)
                factory.unwrap(SessionFactoryImplementor.class).getCache().getRegionFactory();
        in(session -> {
            try {
                fill(session);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return null;
        });
        factory.getCache().evictAll();
        cache.rows.clear();
    }

    static void fill(Session session) throws Exception {
        Holder empty = new Holder();
        empty.id = EMPTY;
        session.persist(empty);
        Holder all = new Holder();
        all.id = ID;
        all.string = "Ünïcode \uD83D\uDE00 \"quoted\" \u0001";
        all.primitive = true;
        all.bool = false;
        all.yesNo = true;
        all.octet = -7;
        all.small = -300;
        all.integer = Integer.MIN_VALUE;
        all.big = Long.MAX_VALUE;
        all.single = 1.1f;
        all.twice = Math.PI;
        all.letter = 'ß';
        all.decimal = new BigDecimal("12345.60");
        all.bigInteger = new BigInteger("12345678901234567890");
        all.bytes = new byte[] {0, 1, -1};
        all.chars = "chars".toCharArray();
        all.boxedBytes = new Byte[] {3, 4};
        all.boxedChars = new Character[] {'x', 'y'};
        all.ints = new int[] {1, -2};
        all.longs = new Long[] {1L, null};
        all.strings = new String[] {"a", null, ""};
        all.color = Color.GREEN;
        all.named = Color.GREEN;
        all.colors = new Color[] {Color.RED, Color.GREEN};
        all.uuid = UUID.randomUUID();
        all.wallDate = LocalDate.of(2024, 2, 29);
        all.clockTime = LocalTime.of(23, 59, 59);
        all.wallDateTime = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_000_000);
        all.instant = Instant.parse("2024-02-29T01:02:03.456789Z");
        all.offsetDateTime = OffsetDateTime.of(2024, 1, 1, 1, 1, 1, 0, ZoneOffset.ofHours(5));
        all.offsetTime = OffsetTime.of(1, 2, 3, 0, ZoneOffset.UTC);
        all.zonedDateTime = ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"));
        all.duration = Duration.ofSeconds(5, 7);
        all.year = Year.of(2024);
        all.date = new Date(1_700_000_000_123L);
        all.sqlDate = java.sql.Date.valueOf("2024-02-29");
        all.sqlTime = java.sql.Time.valueOf("12:34:56");
        all.timestamp = java.sql.Timestamp.valueOf("2024-02-29 12:34:56.123456");
        all.calendar = Calendar.getInstance();
        all.currency = Currency.getInstance("EUR");
        all.locale = Locale.CANADA_FRENCH;
        all.timeZone = TimeZone.getTimeZone("Asia/Tokyo");
        all.zoneId = ZoneId.of("Asia/Tokyo");
        all.zoneOffset = ZoneOffset.ofHoursMinutes(5, 30);
        all.url = URI.create("https://example.org/a?b=c").toURL();
        all.type = Holder.class;
        all.inet = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        all.document = new Document();
        all.document.title = "t";
        all.document.tags.add("x");
        all.json = Map.of("k", List.of(1, "two"), "m", Map.of("n", true));
        all.plural = List.of("p", "q");
        all.money = new Money(new BigDecimal("1.50"), "EUR");
        all.allowed = new Allowed();
        all.allowed.name = "n";
        all.allowed.count = 3;
        all.address = address("Main", "Town", 12345);
        all.any = empty;
        all.colorSet.add(Color.GREEN);
        all.sorted.addAll(List.of("b", "a"));
        all.addresses.add(address("One", "First", 1));
        all.addresses.add(address("Two", null, null));
        all.prices.put(LocalDate.of(2024, 1, 1), new BigDecimal("2.50"));
        Part plain = new Part();
        plain.id = new PartId("s:|%", 1L);
        plain.code = "A";
        plain.edition = 1;
        plain.label = "a";
        plain.holder = all;
        SpecialPart special = new SpecialPart();
        special.id = new PartId("s", 2L);
        special.code = "C%|1";
        special.edition = 7;
        special.label = "b";
        special.since = LocalDate.of(2000, 1, 1);
        special.holder = all;
        all.parts.add(plain);
        all.parts.add(special);
        all.part = special;
        session.persist(all);
    }

    private static Address address(String street, String city, Integer zip) {
        Address address = new Address();
        address.street = street;
        if (city != null) {
            address.city = new City();
            address.city.name = city;
            address.city.zip = zip;
        }
        return address;
    }
}
