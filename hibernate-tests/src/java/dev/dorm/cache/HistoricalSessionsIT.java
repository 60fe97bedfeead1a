package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.SourceEntity.Entry;
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

    private final CacheBackend backend;
    private final String tables;
    private final String near;
    private final KeptPast past;
    private Class<?> entity;
    private CachedFactory factory;
    private Object before;

    HistoricalSessionsIT(KeptPast past, CacheBackend backend, String tables, String near) {
        this.past = past;
        this.backend = backend;
        this.tables = tables;
        this.near = near;
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(KeptPast.INSTANTS, CacheBackend.LOCMEM, "HISTORY_TABLE", "off"),
                Arguments.of(KeptPast.INSTANTS, CacheBackend.LOCMEM, "SINGLE_TABLE", "off"),
                Arguments.of(KeptPast.INSTANTS, CacheBackend.REDIS, "HISTORY_TABLE", "all"),
                Arguments.of(KeptPast.CHANGESETS, CacheBackend.LOCMEM, "HISTORY_TABLE", "off"),
                Arguments.of(KeptPast.CHANGESETS, CacheBackend.LOCMEM, "SINGLE_TABLE", "off"),
                Arguments.of(KeptPast.AUDITED, CacheBackend.LOCMEM, "HISTORY_TABLE", "off"),
                Arguments.of(KeptPast.AUDITED, CacheBackend.REDIS, "HISTORY_TABLE", "all"));
    }

    @BeforeAll
    static void isKnown() {
        assumeTrue(
                KeptPast.isKnown(), "Hibernate " + Version.getVersionString() + " has no sessions that read the past");
    }

    @BeforeEach
    void changeAnEntry() throws ReflectiveOperationException {
        entity = past.entity();
        CachedFactory.Builder builder = CachedFactory.on(backend, entity)
                .set("hibernate.temporal.table_strategy", tables)
                .set("hibernate.cache.dorm.near", near)
                .cacheAll(AccessType.READ_WRITE);
        past.settings().forEach(builder::set);
        factory = builder.build();
        Object entry = entity.getConstructor().newInstance();
        factory.inTransaction(session -> session.persist(entry));
        before = past.now();
        past.now();
        factory.inTransaction(session -> entry(session).change("new"));
    }

    @AfterEach
    void close() {
        if (factory != null) {
            factory.close();
        }
    }

    private Entry entry(Session session) {
        return (Entry) session.find(entity, 1L);
    }

    /** Returns all that a session knows of the entry. */
    private String read(Session session) {
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
            assertThat(factory.fromTransaction(this::read)).isEqualTo(PRESENT);
        }
    }

    /** Both orders: the cache holds what is there now, or nothing, when a session looks into the past. */
    private void reads(Opening opening) {
        theOthersSeeThePresent();
        for (int pass = 0; pass < 2; pass++) {
            try (Session then = opening.open()) {
                then.beginTransaction();
                assertThat(read(then)).isEqualTo(PAST);
                then.getTransaction().commit();
            }
            theOthersSeeThePresent();
            factory.get().getCache().evictAllRegions();
        }
    }

    private interface Opening {
        Session open();
    }

    /** Of the type that all versions of Hibernate share. */
    private SessionFactory sessions() {
        return factory.get();
    }

    private SessionBuilder past() {
        return past.at(SessionBuilder.class, sessions().withOptions(), before);
    }

    @Test
    void openedByTheFactory() {
        reads(() -> past().openSession());
    }

    @Test
    void openedByASessionOfThePresent() {
        try (Session present = factory.get().openSession()) {
            reads(() -> past.at(SharedSessionBuilder.class, present.sessionWithOptions(), before)
                    .openSession());
        }
    }

    @Test
    void openedOnTheConnectionOfASessionOfThePresent() {
        theOthersSeeThePresent();
        factory.inTransaction(present -> {
            assertThat(read(present)).isEqualTo(PRESENT);
            try (Session then = past.at(
                            SharedSessionBuilder.class,
                            present.sessionWithOptions().connection(),
                            before)
                    .openSession()) {
                assertThat(read(then)).isEqualTo(PAST);
            }
            assertThat(read(present)).isEqualTo(PRESENT);
        });
        theOthersSeeThePresent();
    }

    @Test
    void inheritedFromASessionOfThePast() {
        try (Session then = past().openSession()) {
            reads(() -> then.sessionWithOptions().openSession());
        }
    }

    @Test
    void aStatelessSession() {
        theOthersSeeThePresent();
        try (StatelessSession then = past.at(
                        StatelessSessionBuilder.class, sessions().withStatelessOptions(), before)
                .openStatelessSession()) {
            then.beginTransaction();
            assertThat(((Entry) then.get(entity, 1L)).name()).isEqualTo("old");
            assertThat(names(then)).isEqualTo("[old]");
            then.getTransaction().commit();
        }
        theOthersSeeThePresent();
    }

    @Test
    void aProxyAndACollectionThatAreLoadedLater() {
        theOthersSeeThePresent();
        try (Session then = past().openSession()) {
            then.beginTransaction();
            Entry proxy = (Entry) then.getReference(entity, 1L);
            theOthersSeeThePresent();
            Hibernate.initialize(proxy);
            assertThat(proxy.name()).isEqualTo("old");
            assertThat(proxy.tags()).containsExactly("x");
            then.getTransaction().commit();
        }
        theOthersSeeThePresent();
    }

    @Test
    void severalIdsAtOnce() {
        theOthersSeeThePresent();
        try (Session then = past().openSession()) {
            then.beginTransaction();
            List<?> found = then.byMultipleIds(entity).multiLoad(1L);
            // Hibernate 7.4 finds nobody there, with a cache or without.
            assertThat(found.get(0) instanceof Entry entry ? entry.name() : "old")
                    .isEqualTo("old");
            then.getTransaction().commit();
        }
        theOthersSeeThePresent();
    }
}
