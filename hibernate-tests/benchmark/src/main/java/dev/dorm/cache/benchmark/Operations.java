package dev.dorm.cache.benchmark;

import dev.dorm.cache.DormCache;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** What the scenarios do with Hibernate. */
final class Operations {

    /** How many rows are read again and again. */
    private static final int HOT = 100;

    private static final List<Object> IDS =
            LongStream.rangeClosed(1, 100).<Object>mapToObj(Long::valueOf).toList();

    private final Application application;
    private final SessionFactory factory;

    Operations(Application application) {
        this.application = application;
        this.factory = application.factory();
    }

    Operation of(Scenario scenario) {
        return switch (scenario) {
            case SESSION -> reading(session -> session);
            case HIT, HIT_2_THREADS, HIT_8_THREADS, HIT_64_THREADS, HIT_1000_VIRTUAL_THREADS ->
                hit(Catalogue.Strict.class);
            case HIT_READ_ONLY -> hit(Catalogue.Fixed.class);
            case HIT_NONSTRICT -> hit(Catalogue.Loose.class);
            case HIT_TRANSACTIONAL -> hit(Catalogue.Transacted.class);
            case NATURAL_ID -> new NaturalId(false);
            case NATURAL_ID_ENTITY -> new NaturalId(true);
            case MISS_AND_PUT -> new Miss();
            case UPDATE_1 -> update(1);
            case UPDATE_10 -> update(10);
            case UPDATE_50 -> update(50);
            case QUERY_1_TABLE -> query(Catalogue.Strict.class, "select g from Strict g where g.id <= 50");
            case QUERY_4_TABLES -> query(Catalogue.Strict.class, fourTables("Strict"));
            case QUERY_OF_CACHED_1_TABLE ->
                query(Catalogue.Referred.class, "select g from Referred g where g.id <= 50");
            case QUERY_OF_CACHED_4_TABLES -> query(Catalogue.Referred.class, fourTables("Referred"));
            case COLLECTION_100 -> collection(session -> session.find(Catalogue.Rack.class, 1L).goods);
            case LAZY_COLLECTION_100 -> collection(session -> session.find(Catalogue.Shelf.class, 1L).goods);
            case IDS_100 -> reading(session -> expect(100, session.findMultiple(Catalogue.Strict.class, IDS)));
            case FIND_ALL_100 ->
                reading(session -> expect(
                        100,
                        List.copyOf(DormCache.findAll(session, Catalogue.Strict.class, IDS)
                                .values())));
            case EVICT_10000 -> new Evict();
            default -> throw new IllegalArgumentException(scenario + " is not Hibernate's");
        };
    }

    private static String fourTables(String entity) {
        return "select g from " + entity + " g join Maker m on m.id = 1 join Land l on l.id = 1"
                + " join Continent c on c.id = 1 where g.id <= 50";
    }

    private <T> T inTransaction(Function<Session, T> work) {
        return factory.fromTransaction(work::apply);
    }

    private Operation reading(Function<Session, Object> work) {
        return () -> inTransaction(work);
    }

    private static List<?> expect(int size, List<?> found) {
        if (found.size() != size) {
            throw new IllegalStateException("found " + found.size() + " instead of " + size);
        }
        return found;
    }

    private Operation collection(Function<Session, Set<Catalogue.Strict>> goods) {
        return reading(session -> expect(
                100,
                goods.apply(session).stream()
                        .mapToInt(each -> each.stock)
                        .boxed()
                        .toList()));
    }

    private Operation hit(Class<? extends Goods> entity) {
        return hot(id -> inTransaction(session -> Objects.requireNonNull(session.find(entity, id))));
    }

    /** Reads one of the hot rows, at random, so that the threads of one test do not go in step. */
    private static Operation hot(Function<Long, Object> read) {
        return new Operation() {
            @Override
            public Object run() {
                return read.apply(ThreadLocalRandom.current().nextLong(1, HOT + 1));
            }

            @Override
            public void prepare() {
                for (int pass = 0; pass < 2; pass++) {
                    for (long id = 1; id <= HOT; id++) {
                        read.apply(id);
                    }
                }
            }
        };
    }

    private Operation query(Class<? extends Goods> entity, String hql) {
        Operation query = reading(session ->
                expect(50, session.createQuery(hql, entity).setCacheable(true).list()));
        return new Operation() {
            @Override
            public Object run() {
                return query.run();
            }

            @Override
            public void prepare() {
                // The entities too; where the result holds them whole, nothing reads them.
                for (int pass = 0; pass < 2; pass++) {
                    inTransaction(session -> {
                        for (long id = 1; id <= 50; id++) {
                            session.find(entity, id);
                        }
                        return session;
                    });
                    query.run();
                }
                query.run();
            }
        };
    }

    /** Reads the rows from the database, whoever caches, so that only the writing is the cache's. */
    private Operation update(int rows) {
        return reading(session -> {
            List<Catalogue.Changed> found = session.createQuery(
                            "select g from Changed g where g.id <= :rows", Catalogue.Changed.class)
                    .setParameter("rows", (long) rows)
                    .setCacheMode(CacheMode.IGNORE)
                    .list();
            found.forEach(Goods::sell);
            return expect(rows, found);
        });
    }

    /** Finds the id to a code, or the entity. */
    private final class NaturalId implements Operation {

        private final boolean entity;

        NaturalId(boolean entity) {
            this.entity = entity;
        }

        @Override
        public Object run() {
            long id = ThreadLocalRandom.current().nextLong(1, HOT + 1);
            return inTransaction(session -> {
                var coded = session.bySimpleNaturalId(Catalogue.Coded.class);
                return entity ? Objects.requireNonNull(coded.load("C-" + id)) : coded.getReference("C-" + id);
            });
        }

        @Override
        public void prepare() {
            // Hibernate caches the code of an entity that it loads, not one that it looks up.
            for (int pass = 0; pass < 2; pass++) {
                inTransaction(session -> {
                    session.setCacheMode(CacheMode.REFRESH);
                    for (long id = 1; id <= HOT; id++) {
                        session.find(Catalogue.Coded.class, id);
                    }
                    return session;
                });
            }
        }
    }

    /** Loads one row after the other of a region that has none. */
    private final class Miss implements Operation {

        private final AtomicLong next = new AtomicLong();

        @Override
        public Object run() {
            long id = next.getAndIncrement() % application.many() + 1;
            return inTransaction(session -> Objects.requireNonNull(session.find(Catalogue.Many.class, id)));
        }

        @Override
        public void renew() {
            factory.getCache().evictEntityData(Catalogue.Many.class);
            next.set(0);
        }
    }

    /** Empties a region that is full. */
    private final class Evict implements Operation {

        @Override
        public Object run() {
            factory.getCache().evictEntityData(Catalogue.Many.class);
            return this;
        }

        @Override
        public void prepare() {
            renew();
        }

        @Override
        public void renew() {
            fillCache(10_000);
        }
    }

    /** Loads rows into the cache. */
    void fillCache(int rows) {
        // The first load of an emptied region teaches its new version only.
        inTransaction(session -> session.find(Catalogue.Many.class, 1L));
        for (long from = 1; from <= rows; from += 1000) {
            long first = from;
            inTransaction(session -> session.createQuery(
                            "select g from Many g where g.id between :first and :last", Catalogue.Many.class)
                    .setParameter("first", first)
                    .setParameter("last", first + 999)
                    .list());
        }
    }
}
