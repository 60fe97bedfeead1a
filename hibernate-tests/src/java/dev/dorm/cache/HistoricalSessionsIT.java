package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.SourceEntity;
import dev.dorm.cache.testing.SourceEntity.Entry;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionBuilder;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.StatelessSessionBuilder;
import org.hibernate.Version;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions that read the past (Hibernate 7.4) are not served what is there now, and nobody else is served what they have
 * read: rows, collections, natural ids and query results, whichever way they were opened.
 */
@ParameterizedClass
@MethodSource("cases")
class HistoricalSessionsIT {

    private static Class<?> entity;

    private final CacheBackend backend;
    private final String tables;
    private final String near;
    private CachedFactory factory;
    private Instant before;

    HistoricalSessionsIT(CacheBackend backend, String tables, String near) {
        this.backend = backend;
        this.tables = tables;
        this.near = near;
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(CacheBackend.LOCMEM, "HISTORY_TABLE", "off"),
                Arguments.of(CacheBackend.LOCMEM, "SINGLE_TABLE", "off"),
                Arguments.of(CacheBackend.REDIS, "HISTORY_TABLE", "all"));
    }

    @BeforeAll
    static void compile() {
        assumeTrue(isKnown(), "Hibernate " + Version.getVersionString() + " has no sessions that read the past");
        if (entity == null) {
            entity = SourceEntity.compile("Entry", source("@Temporal"));
        }
    }

    private static boolean isKnown() {
        return Stream.of(SessionBuilder.class.getMethods())
                .anyMatch(method -> method.getName().equals("asOf"));
    }

    private static String source(String annotation) {
        return """
                import jakarta.persistence.*;
                import java.util.*;
                import org.hibernate.annotations.*;
                import org.hibernate.annotations.Temporal;

                @Entity(name = "Entry")
                @ANNOTATION
                @Cacheable
                @NaturalIdCache
                public class Entry implements dev.dorm.cache.testing.SourceEntity.Entry {
                    @Id long id;
                    @NaturalId(mutable = true) String code;
                    String name;
                    @ElementCollection @ANNOTATION Set<String> tags = new HashSet<>();

                    public Entry() {
                        this.id = 1;
                        this.code = "a";
                        this.name = "old";
                        this.tags.add("x");
                    }

                    @Override public String name() { return name; }
                    @Override public void change(String to) { name = to; code = "b"; tags.add("y"); }
                    @Override public Set<String> tags() { return tags; }
                }
                """
                .replace("@ANNOTATION", annotation);
    }

    @BeforeEach
    void changeAnEntry() throws ReflectiveOperationException {
        factory = CachedFactory.on(backend, entity)
                .set("hibernate.temporal.table_strategy", tables)
                .set("hibernate.cache.dorm.near", near)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        Object entry = entity.getConstructor().newInstance();
        factory.inTransaction(session -> session.persist(entry));
        before = later();
        later();
        factory.inTransaction(session -> entry(session).change("new"));
    }

    @AfterEach
    void close() {
        if (factory != null) {
            factory.close();
        }
    }

    /** Returns a moment between what was done before and what is done next, to a column's precision. */
    private static Instant later() {
        Instant now = Instant.now();
        while (Instant.now().isBefore(now.plusMillis(5))) {
            Thread.onSpinWait();
        }
        return now.plusMillis(2);
    }

    private static Entry entry(Session session) {
        return (Entry) session.find(entity, 1L);
    }

    /** Returns all that a session knows of the entry. */
    private static String read(Session session) {
        Entry entry = entry(session);
        String found = entry.name() + entry.tags().stream().sorted().toList();
        session.clear();
        String byCode = Stream.of("a", "b")
                .filter(code -> session.bySimpleNaturalId(entity).load(code) != null)
                .toList()
                .toString();
        session.clear();
        return found + byCode + names(session);
    }

    private static String names(SharedSessionContract session) {
        Query<String> query = session.createQuery("select name from Entry", String.class);
        try {
            query.setCacheable(true);
        } catch (IllegalStateException e) {
            // Hibernate refuses it to a session that reads the past.
            assertThat(e).hasMessageContaining("historical");
        }
        return query.list().toString();
    }

    private static final String PAST = "old[x][a][old]";
    private static final String PRESENT = "new[x, y][b][new]";

    private void theOthersSeeThePresent() {
        for (int pass = 0; pass < 3; pass++) {
            assertThat(factory.fromTransaction(HistoricalSessionsIT::read)).isEqualTo(PRESENT);
        }
    }

    /** Both orders: the cache holds what is there now, or nothing, when a session looks into the past. */
    private void reads(Opening opening) {
        theOthersSeeThePresent();
        for (int pass = 0; pass < 2; pass++) {
            try (Session past = opening.open()) {
                past.beginTransaction();
                assertThat(read(past)).isEqualTo(PAST);
                past.getTransaction().commit();
            }
            theOthersSeeThePresent();
            factory.get().getCache().evictAllRegions();
        }
    }

    private interface Opening {
        Session open();
    }

    /** Says to a builder what the compiler does not know that it understands. */
    private <B> B at(Class<B> type, B builder, Instant when) {
        try {
            type.getMethod("asOf", Instant.class).invoke(builder, when);
            return builder;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the type that all versions of Hibernate share. */
    private SessionFactory sessions() {
        return factory.get();
    }

    private SessionBuilder past() {
        return at(SessionBuilder.class, sessions().withOptions(), before);
    }

    @Test
    void openedByTheFactory() {
        reads(() -> past().openSession());
    }

    @Test
    void openedByASessionOfThePresent() {
        try (Session present = factory.get().openSession()) {
            reads(() -> at(SharedSessionBuilder.class, present.sessionWithOptions(), before)
                    .openSession());
        }
    }

    @Test
    void openedOnTheConnectionOfASessionOfThePresent() {
        theOthersSeeThePresent();
        factory.inTransaction(present -> {
            assertThat(read(present)).isEqualTo(PRESENT);
            try (Session past = at(
                            SharedSessionBuilder.class,
                            present.sessionWithOptions().connection(),
                            before)
                    .openSession()) {
                assertThat(read(past)).isEqualTo(PAST);
            }
            assertThat(read(present)).isEqualTo(PRESENT);
        });
        theOthersSeeThePresent();
    }

    @Test
    void inheritedFromASessionOfThePast() {
        try (Session past = past().openSession()) {
            reads(() -> past.sessionWithOptions().openSession());
        }
    }

    @Test
    void aStatelessSession() {
        theOthersSeeThePresent();
        try (StatelessSession past = at(
                        StatelessSessionBuilder.class, sessions().withStatelessOptions(), before)
                .openStatelessSession()) {
            past.beginTransaction();
            assertThat(((Entry) past.get(entity, 1L)).name()).isEqualTo("old");
            assertThat(names(past)).isEqualTo("[old]");
            past.getTransaction().commit();
        }
        theOthersSeeThePresent();
    }

    @Test
    void aProxyAndACollectionThatAreLoadedLater() {
        theOthersSeeThePresent();
        try (Session past = past().openSession()) {
            past.beginTransaction();
            Entry proxy = (Entry) past.getReference(entity, 1L);
            theOthersSeeThePresent();
            Hibernate.initialize(proxy);
            assertThat(proxy.name()).isEqualTo("old");
            assertThat(proxy.tags()).containsExactly("x");
            past.getTransaction().commit();
        }
        theOthersSeeThePresent();
    }

    @Test
    void severalIdsAtOnce() {
        theOthersSeeThePresent();
        try (Session past = past().openSession()) {
            past.beginTransaction();
            List<?> found = past.byMultipleIds(entity).multiLoad(1L);
            // Hibernate 7.4 finds nobody there, with a cache or without.
            assertThat(found.get(0) instanceof Entry entry ? entry.name() : "old")
                    .isEqualTo("old");
            past.getTransaction().commit();
        }
        theOthersSeeThePresent();
    }
}
