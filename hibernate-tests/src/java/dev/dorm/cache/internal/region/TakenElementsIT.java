package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.hibernate.annotations.Formula;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A collection that is kept in its elements' own rows takes an element from another one by writing its key there. Hibernate
 * tells a cache of the taking collection alone; the other one is not served with that element any more.
 */
@ParameterizedClass
@MethodSource("cases")
class TakenElementsIT {

    private static final Class<?>[] ENTITIES = {Album.class, Photo.class};

    private final CachedFactory one;
    private final CachedFactory two;
    private final CachedFactory uncached;

    TakenElementsIT(AccessType strategy, CacheBackend backend) {
        one = CachedFactory.on(backend, ENTITIES).cacheAll(strategy).build();
        one.inTransaction(session -> {
            for (long id = 1; id <= 2; id++) {
                Album album = new Album(id);
                for (long number = 10 * id + 1; number <= 10 * id + 2; number++) {
                    Photo photo = new Photo(number);
                    session.persist(photo);
                    album.take(photo);
                }
                session.persist(album);
            }
        });
        two = one.another(ENTITIES).cacheAll(strategy).build();
        uncached = one.another(ENTITIES).uncached().build();
        everybodySeesTheDatabase();
        assertThatCache(two).readsWithoutSql(TakenElementsIT::albums);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(AccessType.READ_WRITE, CacheBackend.LOCMEM),
                Arguments.of(AccessType.READ_WRITE, CacheBackend.REDIS),
                Arguments.of(AccessType.NONSTRICT_READ_WRITE, CacheBackend.LOCMEM));
    }

    @AfterEach
    void close() {
        uncached.close();
        two.close();
        one.close();
    }

    private static String albums(Session session) {
        return session.find(Album.class, 1L) + " " + session.find(Album.class, 2L);
    }

    private void everybodySeesTheDatabase() {
        String expected = uncached.fromTransaction(TakenElementsIT::albums);
        for (int pass = 0; pass < 3; pass++) {
            for (CachedFactory factory : List.of(two, one)) {
                assertThat(factory.<String>fromTransaction(TakenElementsIT::albums))
                        .isEqualTo(expected);
            }
        }
    }

    /** Does something, and looks at it from another session factory before it is committed. */
    private void changes(Consumer<Session> change) {
        one.inTransaction(session -> {
            change.accept(session);
            session.flush();
            two.fromTransaction(TakenElementsIT::albums);
            two.fromTransaction(TakenElementsIT::albums);
            assertThat(albums(session)).as("what the session itself sees").isNotEmpty();
        });
        everybodySeesTheDatabase();
        assertThatCache(two).readsWithoutSql(TakenElementsIT::albums);
    }

    private static Album second(Session session) {
        return session.find(Album.class, 2L);
    }

    private static Photo photo(Session session, long id) {
        return session.find(Photo.class, id);
    }

    static Stream<Named<Consumer<Session>>> ways() {
        return Stream.of(
                Named.of("set", session -> second(session).set.add(photo(session, 11))),
                Named.of("bag", session -> second(session).bag.add(photo(session, 11))),
                Named.of("list", session -> second(session).list.add(photo(session, 11))),
                Named.of("list, first", session -> second(session).list.add(0, photo(session, 12))),
                Named.of("list, in a place", session -> second(session).list.set(1, photo(session, 11))),
                Named.of("map", session -> second(session).map.put("new", photo(session, 11))),
                Named.of("map, in a place", session -> second(session).map.put("p21", photo(session, 11))),
                Named.of("orphans", session -> second(session).own.add(photo(session, 11))),
                Named.of("a proxy", session -> second(session).set.add(session.getReference(Photo.class, 11L))),
                Named.of(
                        "a new collection", session -> second(session).set = new HashSet<>(Set.of(photo(session, 11)))),
                Named.of("taken away first", session -> {
                    first(session).list.remove(0);
                    second(session).list.add(photo(session, 11));
                }),
                Named.of("merged", session -> {
                    Album detached = second(session);
                    Hibernate.initialize(detached.set);
                    session.detach(detached);
                    detached.set.add(photo(session, 11));
                    session.merge(detached);
                }),
                Named.of("a new album", session -> {
                    Album album = new Album(3);
                    album.take(photo(session, 11));
                    session.persist(album);
                }),
                Named.of("beside a new one", session -> {
                    Photo added = new Photo(31);
                    session.persist(added);
                    second(session).set.addAll(Set.of(added, photo(session, 11)));
                }));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theOtherCollectionLosesIt(Consumer<Session> way) {
        changes(way);
    }

    /** What a session has loaded may be older than what the database holds when it writes. */
    static Stream<Named<Consumer<Album>>> rewrites() {
        return Stream.of(
                Named.of("list", album -> album.list.add(album.list.remove(0))),
                Named.of("a new collection", album -> album.set = new HashSet<>(album.set)));
    }

    @ParameterizedTest
    @MethodSource("rewrites")
    void itsOwnElementsMayBelongToAnotherByNow(Consumer<Album> rewrite) {
        try (Session session = two.get().openSession()) {
            session.beginTransaction();
            Album album = second(session);
            assertThat(album.toString()).isNotEmpty();
            one.inTransaction(other -> first(other).take(photo(other, 21)));
            everybodySeesTheDatabase();
            rewrite.accept(album);
            session.getTransaction().commit();
        }
        everybodySeesTheDatabase();
    }

    private static Album first(Session session) {
        return session.find(Album.class, 1L);
    }

    @Test
    void anElementThatThisSessionInsertedInAnEarlierTransaction() {
        try (Session session = one.get().openSession()) {
            Photo added = new Photo(31);
            session.beginTransaction();
            session.persist(added);
            first(session).set.add(added);
            session.getTransaction().commit();
            everybodySeesTheDatabase();
            session.beginTransaction();
            second(session).set.add(added);
            session.getTransaction().commit();
        }
        everybodySeesTheDatabase();
    }

    @Test
    void aCollectionOverTheSameColumn() {
        changes(session -> first(session).sameAsSet.remove(photo(session, 11)));
        changes(session -> second(session).sameAsSet.add(photo(session, 11)));
    }

    @Test
    void aStatelessSession() {
        assumeTrue(!Version.getVersionString().matches("(6|7\\.[01])\\..*"), "before 7.2 it tells the cache nothing");
        try (StatelessSession session = one.get().openStatelessSession()) {
            session.beginTransaction();
            Album album = new Album(3);
            album.take(new Photo(11));
            session.insert(album);
            session.getTransaction().commit();
        }
        everybodySeesTheDatabase();
    }

    @Test
    void aNewElementTakesNothingAway() {
        one.inTransaction(session -> {
            Photo added = new Photo(31);
            session.persist(added);
            second(session).bag.add(added);
            second(session).list.add(added);
            second(session).map.put("new", added);
            second(session).own.add(added);
        });
        assertThatCache(two).readsWithoutSql(TakenElementsIT::firsts);
        everybodySeesTheDatabase();
    }

    private static long firsts(Session session) {
        Album album = first(session);
        return album.bag.size() + album.list.size() + album.map.size() + album.own.size();
    }

    @Test
    void aRollbackLeavesAllAsItWas() {
        try (Session session = one.get().openSession()) {
            session.beginTransaction();
            second(session).take(photo(session, 11));
            session.flush();
            session.getTransaction().rollback();
        }
        everybodySeesTheDatabase();
        assertThatCache(two).readsWithoutSql(TakenElementsIT::albums);
    }

    @Entity(name = "Album")
    @Cacheable
    static class Album {
        @Id
        long id;

        @OneToMany
        @JoinColumn(name = "set_of")
        Set<Photo> set = new HashSet<>();

        @OneToMany
        @JoinColumn(name = "set_of")
        Set<Photo> sameAsSet = new HashSet<>();

        @OneToMany
        @JoinColumn(name = "bag_of")
        List<Photo> bag = new ArrayList<>();

        @OneToMany
        @JoinColumn(name = "list_of")
        @OrderColumn(name = "list_place")
        List<Photo> list = new ArrayList<>();

        @OneToMany
        @JoinColumn(name = "map_of")
        @MapKeyColumn(name = "map_key")
        Map<String, Photo> map = new HashMap<>();

        @OneToMany(orphanRemoval = true)
        @JoinColumn(name = "own_of")
        Set<Photo> own = new HashSet<>();

        /** Nothing is taken here: a row of this table holds both. */
        @OneToMany
        @JoinTable(name = "Pick")
        Set<Photo> picks = new HashSet<>();

        Album() {}

        Album(long id) {
            this.id = id;
        }

        void take(Photo photo) {
            set.add(photo);
            sameAsSet.add(photo);
            bag.add(photo);
            list.add(photo);
            map.put("p" + photo.id, photo);
            own.add(photo);
        }

        @Override
        public String toString() {
            List<Long> inList = list.stream().map(p -> p == null ? null : p.id).toList();
            Map<String, Long> inMap = new TreeMap<>();
            map.forEach((key, p) -> inMap.put(key, p.id));
            return id + " " + ids(set) + ids(sameAsSet) + ids(bag) + inList + inMap + ids(own) + ids(picks);
        }

        private static Set<Long> ids(Iterable<Photo> photos) {
            Set<Long> ids = new TreeSet<>();
            photos.forEach(photo -> ids.add(photo.id));
            return ids;
        }
    }

    @Entity(name = "Photo")
    @Cacheable
    static class Photo {
        @Id
        long id;

        /** In no column: a mapping with one is read as any other. */
        @Formula("id + 1")
        long next;

        Photo() {}

        Photo(long id) {
            this.id = id;
        }
    }
}
