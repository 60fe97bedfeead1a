package dev.dorm.cache.benchmark;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** An application on one subject in one place: its session factory, over a database that is filled. */
final class Application implements AutoCloseable {

    /** How many rows the entities have that are read. */
    static final int ROWS = 200;

    /** Each transaction takes one, also where it asks the database nothing. */
    private static final String MOST_CONNECTIONS = "1100";

    private final SessionFactory factory;
    private final LongAdder statements = new LongAdder();
    private final int many;

    Application(Setup setup, Place place) {
        this.many = setup.many(place);
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "hibernate.connection.url", setup.database(place),
                "hibernate.connection.pool_size", MOST_CONNECTIONS,
                "hibernate.hbm2ddl.auto", "create",
                "hibernate.jdbc.batch_size", "100",
                "hibernate.order_inserts", "true"));
        settings.putAll(setup.cache(place));
        MetadataSources sources = new MetadataSources(
                new StandardServiceRegistryBuilder().applySettings(settings).build());
        Catalogue.ENTITIES.forEach(sources::addAnnotatedClass);
        factory = sources.buildMetadata()
                .getSessionFactoryBuilder()
                .applyStatementInspector(sql -> {
                    statements.increment();
                    return sql;
                })
                .build();
        fill();
    }

    private void fill() {
        fill(Catalogue.Strict::new, ROWS);
        fill(Catalogue.Fixed::new, ROWS);
        fill(Catalogue.Loose::new, ROWS);
        fill(Catalogue.Transacted::new, ROWS);
        fill(Catalogue.Changed::new, ROWS);
        fill(Catalogue.Referred::new, ROWS);
        fill(Catalogue.Coded::new, ROWS);
        fill(Catalogue.Many::new, many);
        factory.inTransaction(session -> {
            session.persist(new Catalogue.Maker());
            session.persist(new Catalogue.Land());
            session.persist(new Catalogue.Continent());
            Catalogue.Shelf shelf = new Catalogue.Shelf(1);
            Catalogue.Rack rack = new Catalogue.Rack(1);
            for (long id = 1; id <= 100; id++) {
                Catalogue.Strict good = session.getReference(Catalogue.Strict.class, id);
                shelf.goods.add(good);
                rack.goods.add(good);
            }
            session.persist(shelf);
            session.persist(rack);
        });
        factory.getCache().evictAllRegions();
    }

    private void fill(LongFunction<Object> row, int rows) {
        for (long from = 1; from <= rows; from += 2000) {
            long first = from;
            factory.inTransaction(session -> {
                // The rows are to be read from the database first.
                session.setCacheMode(org.hibernate.CacheMode.IGNORE);
                for (long id = first; id < first + 2000 && id <= rows; id++) {
                    session.persist(row.apply(id));
                }
            });
        }
    }

    SessionFactory factory() {
        return factory;
    }

    /** Returns how many rows the entity has that is missed. */
    int many() {
        return many;
    }

    /** Returns how many statements were sent to the database so far. */
    long statements() {
        return statements.sum();
    }

    @Override
    public void close() {
        factory.close();
    }
}
