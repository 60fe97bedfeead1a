package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.WholeSession;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.hibernate.CacheMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The cached result of a fetch join holds its collections whole, whatever the session that asked had loaded before. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class FetchJoinsIT {

    private static final String WHOLE = "[1: 10 11 12, 2: 20 21 22, 3: 30 31 32]";
    private static final String TWOFOLD = "[1: 10 11 12 a b, 2: 20 21 22 a b, 3: 30 31 32 a b]";

    @Entity(name = "Chapter")
    static class Chapter {
        @Id
        long id;

        Chapter() {}

        Chapter(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Novel")
    static class Novel {
        @Id
        long id;

        @OneToMany(cascade = CascadeType.ALL)
        List<Chapter> chapters = new ArrayList<>();

        @ElementCollection
        Set<String> words = new TreeSet<>(Set.of("a", "b"));

        Novel() {}

        Novel(long id) {
            this.id = id;
            LongStream.range(0, 3).forEach(i -> chapters.add(new Chapter(10 * id + i)));
        }

        @Override
        public String toString() {
            Set<Long> ids = new TreeSet<>();
            chapters.forEach(chapter -> ids.add(chapter.id));
            StringBuilder text = new StringBuilder(id + ":");
            ids.forEach(i -> text.append(' ').append(i));
            if (Hibernate.isInitialized(words)) {
                new TreeSet<>(words).forEach(word -> text.append(' ').append(word));
            }
            return text.toString();
        }
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    FetchJoinsIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void threeNovels() {
        factory = CachedFactory.on(backend, Novel.class, Chapter.class).build();
        factory.inTransaction(
                session -> LongStream.rangeClosed(1, 3).mapToObj(Novel::new).forEach(session::persist));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private static String read(Session session) {
        return list(session, "select distinct n from Novel n left join fetch n.chapters c order by n.id, c.id");
    }

    private static String readBoth(Session session) {
        return list(
                session,
                "select distinct n from Novel n left join fetch n.chapters c left join fetch n.words w"
                        + " order by n.id, w, c.id");
    }

    private static String list(Session session, String hql) {
        try {
            return session.createQuery(hql, Novel.class)
                    .setCacheable(true)
                    .list()
                    .toString();
        } catch (NullPointerException e) {
            return abort("Hibernate " + Version.getVersionString()
                    + " itself fails when a cacheable query fetches what the session has");
        }
    }

    private void everybodyGetsAll() {
        for (int pass = 0; pass < 3; pass++) {
            assertThat(factory.fromTransaction(FetchJoinsIT::read)).isEqualTo(WHOLE);
        }
        assertThat(assertThatCache(factory).readsWithoutSql(FetchJoinsIT::read)).isEqualTo(WHOLE);
    }

    @Test
    void askedTwiceInOneTransaction() {
        factory.inTransaction(session -> {
            assertThat(read(session)).isEqualTo(WHOLE);
            factory.statements().clear();
            assertThat(read(session)).isEqualTo(WHOLE);
            assertThatCache(factory).statements(0);
        });
        assertThat(assertThatCache(factory).readsWithoutSql(FetchJoinsIT::read)).isEqualTo(WHOLE);
    }

    @Test
    void askedOnceMoreForARefresh() {
        factory.inTransaction(session -> {
            assertThat(read(session)).isEqualTo(WHOLE);
            WholeSession.uses(session, CacheMode.REFRESH);
            assertThat(read(session)).isEqualTo(WHOLE);
        });
        everybodyGetsAll();
    }

    @Test
    void askedAfterItsCollectionsWereLoaded() {
        factory.inTransaction(session -> {
            Hibernate.initialize(session.find(Novel.class, 1L).chapters);
            assertThat(read(session)).isEqualTo(WHOLE);
        });
        everybodyGetsAll();
    }

    @Test
    void askedAfterItsCollectionsWereLoadedByAnotherQuery() {
        factory.inTransaction(session -> {
            session.createQuery("select n from Novel n left join fetch n.chapters c where n.id < 3", Novel.class)
                    .list();
            assertThat(read(session)).isEqualTo(WHOLE);
        });
        assertThat(factory.count(Counter.PUT_REFUSED_INCOMPLETE)).isEqualTo(1);
        everybodyGetsAll();
    }

    @Test
    void askedAfterItsOwnersWereMade() {
        factory.inTransaction(session -> {
            session.persist(new Novel(4));
            session.flush();
            read(session);
        });
        String all = WHOLE.replace("]", ", 4: 40 41 42]");
        assertThat(factory.fromTransaction(FetchJoinsIT::read)).isEqualTo(all);
        assertThat(factory.fromTransaction(FetchJoinsIT::read)).isEqualTo(all);
    }

    @Test
    void askedForTwoCollectionsOfWhichOneWasLoaded() {
        for (String loaded : List.of("chapters", "words")) {
            factory.inTransaction(session -> {
                session.createQuery("select n from Novel n left join fetch n." + loaded, Novel.class)
                        .list();
                assertThat(readBoth(session)).isEqualTo(TWOFOLD);
            });
            assertThat(factory.fromTransaction(FetchJoinsIT::readBoth))
                    .as(loaded)
                    .isEqualTo(TWOFOLD);
            factory.get().getCache().evictQueryRegions();
            factory.inTransaction(session -> session.createQuery("select id from Novel", Long.class)
                    .setCacheable(true)
                    .list());
        }
        assertThat(factory.fromTransaction(FetchJoinsIT::readBoth)).isEqualTo(TWOFOLD);
        assertThat(assertThatCache(factory).readsWithoutSql(FetchJoinsIT::readBoth))
                .isEqualTo(TWOFOLD);
    }

    @Test
    void askedOutsideATransaction() {
        try (Session session = factory.get().openSession()) {
            assertThat(read(session)).isEqualTo(WHOLE);
            WholeSession.uses(session, CacheMode.REFRESH);
            assertThat(read(session)).isEqualTo(WHOLE);
        }
        everybodyGetsAll();
    }

    @Test
    void aSessionThatHoldsOthersStillCachesWhatItSelects() {
        String joined = "select n from Novel n join n.chapters c where c.id > 10 order by n.id";
        factory.inTransaction(session -> {
            session.find(Chapter.class, 10L);
            session.createQuery(joined, Novel.class).setCacheable(true).list();
            read(session);
        });
        assertThatCache(factory).readsWithoutSql(session -> session.createQuery(joined, Novel.class)
                .setCacheable(true)
                .list()
                .size());
        assertThat(assertThatCache(factory).readsWithoutSql(FetchJoinsIT::read)).isEqualTo(WHOLE);
    }
}
