package dev.dorm.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two releases of an application over one store, while one replaces the other: the entity they share has changed. Neither
 * sees a wrong value, and each is served from the cache again when the other has gone.
 */
class NextReleaseIT {

    private static final int ROWS = 5;

    /** What a release calls the entity, its attributes, and further settings; the table is the same. */
    record Release(String entity, String attributes, Map<String, String> settings) {

        Release(String attributes) {
            this("Person", attributes, Map.of());
        }

        String source() {
            return """
                   package app;
                   import jakarta.persistence.*;
                   @Entity @Table(name = "Person") @Cacheable
                   public class %s {
                       @Id public long id;
                       %s
                   }
                   """
                    .formatted(entity, attributes);
        }

        List<String> names() {
            return Stream.of(attributes.split(";", -1))
                    .map(String::trim)
                    .filter(attribute -> !attribute.isEmpty())
                    .map(attribute -> attribute.substring(attribute.lastIndexOf(' ') + 1))
                    .toList();
        }
    }

    /** A change from one release to the next, and what each of them writes. */
    record Change(String name, Release before, Release after) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Attributes stand in alphabetical order in Smile, by position: those of {@code renamed} are easily mistaken. */
    private static final List<Change> CHANGES = List.of(
            new Change(
                    "added",
                    new Release("public String name; public Integer born;"),
                    new Release("public String name; public Integer born; public String nick;")),
            new Change(
                    "removed",
                    new Release("public String name; public Integer born; public String nick;"),
                    new Release("public Integer born; public String nick;")),
            new Change(
                    "retyped",
                    new Release("public String name; public Integer born;"),
                    new Release("public String name; public String born;")),
            new Change(
                    "widened",
                    new Release("public String name; public Integer born;"),
                    new Release("public String name; public Long born;")),
            new Change(
                    "an attribute replaced by another of its type",
                    new Release("public String name; public String nick;"),
                    new Release("public String name; public String city;")),
            new Change(
                    "two attributes exchange their columns",
                    new Release("@Column(name = \"name\") public String a; @Column(name = \"nick\") public String b;"),
                    new Release("@Column(name = \"nick\") public String a; @Column(name = \"name\") public String b;")),
            new Change(
                    "a constant added",
                    new Release("public enum Grade {LOW, HIGH}"
                            + " @Enumerated(EnumType.STRING) public Grade grade; public String name;"),
                    new Release("public enum Grade {LOW, HIGH, TOP}"
                            + " @Enumerated(EnumType.STRING) public Grade grade; public String name;")),
            new Change(
                    "the entity renamed",
                    new Release("public String name; public Integer born;"),
                    new Release(
                            "Human",
                            "public String name; public Integer born;",
                            Map.of("hibernate.cache.dorm.regions.app.Human.previous_name", "app.Person"))));

    @TempDir
    Path directory;

    static Stream<Arguments> changes() {
        return CHANGES.stream()
                .flatMap(change -> Stream.of(
                        Arguments.of(change, CacheBackend.LOCMEM, "smile"),
                        Arguments.of(change, CacheBackend.REDIS, "json"),
                        Arguments.of(change, CacheBackend.REDIS, "smile")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void neitherSeesAWrongValueAndEachIsServedWhenTheOtherHasGone(Change change, CacheBackend backend, String format)
            throws IOException {
        try (Running before = start(change.before(), format, CachedFactory.on(backend, load(change.before())))) {
            before.createTable();
            try (Running after = start(change.after(), format, before.factory.another(load(change.after())))) {
                together(before, after);
            }
            before.isServed(change + ", the one before alone, " + backend + " " + format);
            try (Running after = start(change.after(), format, before.factory.another(load(change.after())))) {
                together(after, before);
                before.close();
                after.isServed(change + ", the one after alone, " + backend + " " + format);
            }
        }
    }

    /** What only the newer release can read is an error for the older as it is without a cache, and no other row's matter. */
    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void aConstantThatOnlyOneOfThemHasIsReadByThatOne(CacheBackend backend) throws IOException {
        Change change = CHANGES.stream()
                .filter(each -> each.name().equals("a constant added"))
                .findFirst()
                .orElseThrow();
        try (Running before = start(change.before(), "json", CachedFactory.on(backend, load(change.before())))) {
            before.createTable();
            try (Running after = start(change.after(), "json", before.factory.another(load(change.after())))) {
                together(before, after);
                after.grade(ROWS, 2);
                for (int pass = 0; pass < 3; pass++) {
                    after.seesWhatTheDatabaseHas();
                    assertThatThrownBy(before::seesWhatTheDatabaseHas).hasStackTraceContaining("TOP");
                    assertThat(before.rows(before.factory, ROWS - 1)).isEqualTo(before.rows(before.uncached, ROWS - 1));
                    assertThatThrownBy(() -> before.rows(before.factory, ROWS)).hasStackTraceContaining("TOP");
                }
                after.grade(ROWS, 0);
                before.seesWhatTheDatabaseHas();
                together(before, after);
            }
        }
    }

    /** Both read everything and write in turn; whoever reads after a write sees it. */
    private static void together(Running one, Running two) {
        for (int pass = 0; pass < 4; pass++) {
            for (Running each : List.of(one, two, one, two)) {
                each.seesWhatTheDatabaseHas();
            }
            Running writer = pass % 2 == 0 ? one : two;
            writer.write(pass);
            one.seesWhatTheDatabaseHas();
            two.seesWhatTheDatabaseHas();
        }
    }

    private Class<?> load(Release release) throws IOException {
        Path home = Files.createDirectories(directory.resolve("release" + Math.abs((long) release.hashCode())));
        if (!loaded.containsKey(release)) {
            Path source = home.resolve(release.entity() + ".java");
            Files.writeString(source, release.source(), UTF_8);
            String api = jakarta.persistence.Entity.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-cp", api, "-d", home.toString(), source.toString());
            assertThat(status).isZero();
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {home.toUri().toURL()}, NextReleaseIT.class.getClassLoader());
            try {
                loaded.put(release, loader.loadClass("app." + release.entity()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return loaded.get(release);
    }

    private final Map<Release, Class<?>> loaded = new java.util.HashMap<>();

    private Running start(Release release, String format, CachedFactory.Builder builder) throws IOException {
        Class<?> entity = load(release);
        builder.cacheAll(AccessType.READ_WRITE)
                .set("hibernate.hbm2ddl.auto", "none")
                .set("hibernate.cache.dorm.format", format);
        release.settings().forEach(builder::set);
        CachedFactory factory = in(entity.getClassLoader(), builder::build);
        CachedFactory.Builder uncached = factory.another(entity)
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false");
        return new Running(release, entity, factory, in(entity.getClassLoader(), uncached::build));
    }

    private static <T> T in(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A release that runs. */
    record Running(Release release, Class<?> entity, CachedFactory factory, CachedFactory uncached)
            implements AutoCloseable {

        void createTable() {
            factory.inTransaction(session -> session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("create table Person (id bigint primary key, name varchar default 'Ada',"
                            + " born varchar default '1815', nick varchar default 'Countess',"
                            + " city varchar default 'UTC', grade varchar default 'LOW')");
                    for (int id = 1; id <= ROWS; id++) {
                        statement.execute("insert into Person (id) values (" + id + ")");
                    }
                }
            }));
        }

        private Map<String, Object> values(Object person) {
            Map<String, Object> values = new TreeMap<>();
            try {
                values.put("id", entity.getField("id").get(person));
                for (String name : release.names()) {
                    Object value = entity.getField(name).get(person);
                    values.put(name, value instanceof Enum<?> constant ? constant.name() : value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            return values;
        }

        /** All rows by their ids, all by a query, and their attributes by another. */
        private List<Object> read(Session session) {
            List<Object> all = new ArrayList<>();
            for (long id = 1; id <= ROWS; id++) {
                all.add(values(session.find(entity, id)));
            }
            session.clear();
            session.createQuery("from " + release.entity() + " order by id", entity)
                    .setCacheable(true)
                    .list()
                    .forEach(person -> all.add(values(person)));
            session.createQuery(
                            "select " + String.join(", ", release.names()) + " from " + release.entity()
                                    + " order by id",
                            Object[].class)
                    .setCacheable(true)
                    .list()
                    .forEach(row -> all.add(Stream.of(row)
                            .map(value -> value instanceof Enum<?> constant ? constant.name() : value)
                            .toList()));
            return all;
        }

        void seesWhatTheDatabaseHas() {
            List<Object> fromDatabase = uncached.fromTransaction(this::read);
            assertThat(factory.<List<Object>>fromTransaction(this::read)).isEqualTo(fromDatabase);
        }

        List<Object> rows(CachedFactory from, int upTo) {
            return from.fromTransaction(session -> {
                List<Object> rows = new ArrayList<>();
                for (long id = 1; id <= upTo; id++) {
                    rows.add(values(session.find(entity, id)));
                }
                return rows;
            });
        }

        void grade(long id, int ordinal) {
            factory.inTransaction(session -> {
                Object person = session.find(entity, id);
                try {
                    var field = entity.getField("grade");
                    field.set(person, field.getType().getEnumConstants()[ordinal]);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        void write(int value) {
            factory.inTransaction(session -> {
                Object person = session.find(entity, 1L + value % ROWS);
                try {
                    for (String name : release.names()) {
                        var field = entity.getField(name);
                        field.set(person, another(field.getType(), value));
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private static Object another(Class<?> type, int value) {
            Function<Integer, Object> made = type == String.class
                    ? i -> String.valueOf(i)
                    : type == Integer.class
                            ? i -> i
                            : type == Long.class ? Long::valueOf : i -> type.getEnumConstants()[i % 2];
            return made.apply(value);
        }

        void isServed(String what) {
            factory.statistics().clear();
            for (int pass = 0; pass < 50; pass++) {
                factory.inTransaction(this::read);
            }
            var statistics = factory.statistics();
            double rows = ratio(statistics.getSecondLevelCacheHitCount(), statistics.getSecondLevelCacheMissCount());
            double results = ratio(statistics.getQueryCacheHitCount(), statistics.getQueryCacheMissCount());
            System.out.printf(Locale.ROOT, "hit ratio of %s: rows %.3f, query results %.3f%n", what, rows, results);
            assertThat(rows).isGreaterThanOrEqualTo(0.9);
            assertThat(results).isGreaterThanOrEqualTo(0.9);
        }

        private static double ratio(long hits, long misses) {
            assertThat(hits).isPositive();
            return (double) hits / (hits + misses);
        }

        @Override
        public void close() {
            uncached.close();
            factory.close();
        }
    }
}
