package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.SourceEntity.Entry;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Version;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The audit log (Hibernate 7.4) is answered from its own tables, row by row as of its own changeset, and leaves what is
 * cached as it is: asked of a session factory, and of a session in the midst of its work.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class AuditLogIT {

    private final CacheBackend backend;
    private Class<?> entity;
    private CachedFactory factory;
    private Object first;
    private Object second;

    AuditLogIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeAll
    static void isKnown() {
        assumeTrue(KeptPast.isKnown(), "Hibernate " + Version.getVersionString() + " has no audit log");
    }

    @BeforeEach
    void changeAnEntry() throws ReflectiveOperationException {
        entity = KeptPast.AUDITED.entity();
        CachedFactory.Builder builder = CachedFactory.on(backend, entity).cacheAll(AccessType.READ_WRITE);
        KeptPast.AUDITED.settings().forEach(builder::set);
        factory = builder.build();
        Object entry = entity.getConstructor().newInstance();
        factory.inTransaction(session -> session.persist(entry));
        first = KeptPast.AUDITED.now();
        factory.inTransaction(session -> entry(session).change("new"));
        second = KeptPast.AUDITED.now();
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

    private static String text(Object entry) {
        return ((Entry) entry).name() + ((Entry) entry).tags().stream().sorted().toList();
    }

    private void theOthersSeeThePresent() {
        for (int pass = 0; pass < 3; pass++) {
            String now = factory.fromTransaction(session -> text(entry(session)));
            assertThat(now).isEqualTo("new[x, y]");
        }
    }

    /** An audit log, of which the compiler knows nothing. */
    private record Log(Object log) {

        static Log of(Class<?> type, Object source) {
            return new Log(call(
                    () -> Class.forName("org.hibernate.audit.AuditLogFactory").getMethod("create", type),
                    null,
                    source));
        }

        Object find(Class<?> entity, Object changeset) {
            return ask("find", new Class<?>[] {Class.class, Object.class, Object.class}, entity, 1L, changeset);
        }

        List<?> history(Class<?> entity) {
            return (List<?>) ask("getHistory", new Class<?>[] {Class.class, Object.class}, entity, 1L);
        }

        Object modified(Class<?> entity, Object changeset) {
            return ask("findEntitiesModifiedAt", new Class<?>[] {Class.class, Object.class}, entity, changeset);
        }

        void close() {
            ask("close", new Class<?>[0]);
        }

        private Object ask(String name, Class<?>[] types, Object... arguments) {
            return call(() -> Class.forName("org.hibernate.audit.AuditLog").getMethod(name, types), log, arguments);
        }

        private interface Lookup {
            java.lang.reflect.Method method() throws ReflectiveOperationException;
        }

        private static Object call(Lookup lookup, Object target, Object... arguments) {
            try {
                return lookup.method().invoke(target, arguments);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void tellsThePast(Log log) {
        assertThat(text(log.find(entity, first))).isEqualTo("old[x]");
        assertThat(text(log.find(entity, second))).isEqualTo("new[x, y]");
        Function<Object, String> entryOf =
                revision -> text(Log.call(() -> revision.getClass().getMethod("entity"), revision));
        assertThat(log.history(entity).stream().map(entryOf::apply).toList()).isEqualTo(List.of("old[x]", "new[x, y]"));
        Object then = ((List<?>) log.modified(entity, first)).get(0);
        assertThat(text(then)).isEqualTo("old[x]");
    }

    @Test
    void ofASessionFactory() {
        for (int pass = 0; pass < 2; pass++) {
            Log log = Log.of(SessionFactory.class, factory.get());
            tellsThePast(log);
            log.close();
            theOthersSeeThePresent();
            factory.get().getCache().evictAllRegions();
        }
    }

    @Test
    void ofASessionThatGoesOn() {
        for (int pass = 0; pass < 2; pass++) {
            factory.inTransaction(session -> {
                assertThat(text(entry(session))).isEqualTo("new[x, y]");
                Log log = Log.of(Session.class, session);
                tellsThePast(log);
                log.close();
                session.clear();
                assertThat(text(entry(session))).isEqualTo("new[x, y]");
            });
            theOthersSeeThePresent();
            factory.get().getCache().evictAllRegions();
        }
    }
}
