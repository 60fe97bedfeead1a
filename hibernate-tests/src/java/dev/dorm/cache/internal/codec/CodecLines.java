package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.WholeSession;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.Version;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the lines of one theme: what comes from the cache, without SQL, is what the database gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CodecLines {

    @Parameter
    Storing storing;

    private CachedFactory factory;

    /** The classes of the theme. */
    abstract Class<?>[] entities();

    /** One line, one test. */
    abstract Stream<Line> lines();

    CachedFactory.Builder describe(Storing how) {
        return how.on(entities());
    }

    final CachedFactory factory() {
        return factory;
    }

    /** What Hibernate 6.6 itself cannot do is left out there. */
    static boolean onHibernate6() {
        return Version.getVersionString().startsWith("6.");
    }

    @BeforeParameterizedClassInvocation
    final void build() {
        // Some lines have values that are larger than what is cached by default.
        factory = describe(storing)
                .set("hibernate.cache.dorm.max_entry_size", "32MiB")
                .build();
    }

    @AfterParameterizedClassInvocation
    final void close() {
        if (factory != null) {
            factory.close();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isReadFromTheCacheAsFromTheDatabase(Line line) {
        readsAlike(persist(line.entities().get()));
    }

    /** Persists entities, and forgets what the cache got of them: it has what was set, not what the database made of it. */
    final Found persist(List<Object> entities) {
        factory.inTransaction(session -> entities.forEach(session::persist));
        factory.get().getCache().evictAllRegions();
        Object last = entities.get(entities.size() - 1);
        return new Found(last.getClass(), factory.get().getPersistenceUnitUtil().getIdentifier(last));
    }

    final void readsAlike(Found found) {
        factory.statements().clear();
        Object fromDatabase = factory.fromTransaction(session -> {
            WholeSession.uses(session, CacheMode.IGNORE);
            return found.in(session);
        });
        assertThat(factory.statements().all())
                .as("statements without the cache")
                .isNotEmpty();
        // The first load only learns what stands in the way of its puts.
        for (int pass = 0; pass < 3; pass++) {
            factory.inTransaction(found::in);
        }
        Object fromCache = assertThatCache(factory).readsWithoutSql(found::in);
        assertThat(fromCache).isEqualTo(fromDatabase);
    }

    /** An entity by its id. */
    record Found(Class<?> type, Object id) {

        Object in(Session session) {
            return Snapshot.of(session.find(type, id));
        }
    }
}
