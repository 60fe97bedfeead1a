package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.DormRegionFactory;
import dev.dorm.cache.internal.metrics.Counter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.RootClass;
import org.hibernate.stat.Statistics;

/** A session factory over a database of the test's own, cached by dorm; its statements and hits can be asked for. */
public final class CachedFactory implements AutoCloseable {

    private final SessionFactory factory;
    private final Statements statements;
    private final Map<String, Object> settings;

    private CachedFactory(SessionFactory factory, Statements statements, Map<String, Object> settings) {
        this.factory = factory;
        this.statements = statements;
        this.settings = settings;
    }

    /**
     * Starts to describe a session factory.
     *
     * @param backend where it caches
     * @param entities its entity classes
     * @return what can be said more
     */
    public static Builder on(CacheBackend backend, Class<?>... entities) {
        return new Builder(entities, backend.settings());
    }

    /**
     * Starts to describe a session factory whose backend the settings name.
     *
     * @param entities its entity classes
     * @return what can be said more
     */
    public static Builder of(Class<?>... entities) {
        return new Builder(entities, Map.of());
    }

    /** What a session factory is made of. */
    public static final class Builder {

        private final Class<?>[] entities;
        private final Map<String, Object> settings = new LinkedHashMap<>();
        private Consumer<Metadata> more = metadata -> {};

        private Builder(Class<?>[] entities, Map<String, ?> backend) {
            this.entities = entities.clone();
            settings.put("hibernate.connection.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            settings.put("hibernate.hbm2ddl.auto", "create");
            settings.put("hibernate.cache.region.factory_class", "dorm");
            settings.put("hibernate.cache.use_second_level_cache", "true");
            settings.put("hibernate.cache.use_query_cache", "true");
            settings.put("hibernate.generate_statistics", "true");
            set("hibernate.cache.dorm.signing_key", TestSecrets.SIGNING_KEY);
            settings.put("hibernate.cache.dorm.timeout", "5s");
            settings.putAll(backend);
        }

        /**
         * Sets one of Hibernate's or dorm's settings.
         *
         * @param name its full name
         * @param value its value
         * @return this
         */
        public Builder set(String name, Object value) {
            boolean key = name.matches(".*\\.(signing_key|secret_key|signing_key_fallbacks)");
            settings.put(name, key && value instanceof String text && text.length() >= 16 ? secret(name, text) : value);
            return this;
        }

        /** Hibernate logs settings as they are given. */
        private static Supplier<String> secret(String name, String text) {
            assertThat(TestSecrets.all())
                    .as("a key of %s that LeakCheck seeks", name)
                    .contains(text);
            return () -> text;
        }

        /**
         * Uses a new schema of the PostgreSQL server instead of H2.
         *
         * @return this
         */
        public Builder onPostgres() {
            return set("hibernate.connection.url", PostgresServer.shared().newSchema());
        }

        /**
         * Leaves out one of Hibernate's or dorm's settings.
         *
         * @param name its full name
         * @return this
         */
        public Builder without(String name) {
            settings.remove(name);
            return this;
        }

        /**
         * Caches nothing at all: what such a factory reads is what the database gives.
         *
         * @return this
         */
        public Builder uncached() {
            return set("hibernate.cache.use_second_level_cache", "false")
                    .set("hibernate.cache.use_query_cache", "false");
        }

        /**
         * Changes the mapping before the session factory is built.
         *
         * @param change what to change
         * @return this
         */
        public Builder map(Consumer<Metadata> change) {
            more = more.andThen(change);
            return this;
        }

        /**
         * Caches all entities, natural ids and collections by one strategy.
         *
         * @param strategy the strategy
         * @return this
         */
        public Builder cacheAll(AccessType strategy) {
            return map(metadata -> {
                metadata.getEntityBindings().forEach(entity -> {
                    if (entity instanceof RootClass root) {
                        root.setCached(true);
                        root.setCacheConcurrencyStrategy(strategy.getExternalName());
                    }
                });
                metadata.getCollectionBindings()
                        .forEach(collection -> collection.setCacheConcurrencyStrategy(strategy.getExternalName()));
            });
        }

        /**
         * Builds the session factory, and creates its tables.
         *
         * @return the session factory
         */
        public CachedFactory build() {
            if (String.valueOf(settings.get("hibernate.connection.url")).startsWith("jdbc:h2:")) {
                Served.H2.record();
            }
            Statements statements = new Statements();
            StandardServiceRegistry registry =
                    new StandardServiceRegistryBuilder().applySettings(settings).build();
            try {
                MetadataSources sources = new MetadataSources(registry);
                for (Class<?> entity : entities) {
                    sources.addAnnotatedClass(entity);
                }
                Metadata metadata = sources.buildMetadata();
                more.accept(metadata);
                SessionFactory built = metadata.getSessionFactoryBuilder()
                        .applyStatementInspector(statements)
                        .build();
                return new CachedFactory(built, statements, settings);
            } catch (RuntimeException e) {
                StandardServiceRegistryBuilder.destroy(registry);
                throw e;
            }
        }
    }

    /**
     * Starts to describe a second session factory, over the same database and the same store.
     *
     * @param entities its entity classes
     * @return what can be said more
     */
    public Builder another(Class<?>... entities) {
        Map<String, Object> same = new LinkedHashMap<>(settings);
        same.put("hibernate.hbm2ddl.auto", "none");
        return new Builder(entities, same);
    }

    /**
     * Returns Hibernate's session factory.
     *
     * @return the session factory
     */
    public SessionFactoryImplementor get() {
        return factory.unwrap(SessionFactoryImplementor.class);
    }

    /**
     * Returns what an application calls.
     *
     * @return the cache
     */
    public DormCache cache() {
        return DormCache.of(factory);
    }

    /**
     * Returns Hibernate's statistics.
     *
     * @return the statistics
     */
    public Statistics statistics() {
        return factory.getStatistics();
    }

    /**
     * Returns the statements executed so far.
     *
     * @return the statements
     */
    public Statements statements() {
        return statements;
    }

    /**
     * Returns one of dorm's counts.
     *
     * @param counter what was counted
     * @return the count
     */
    public long count(Counter counter) {
        awaitSettled();
        return Counted.of(counter, cache().statistics());
    }

    /**
     * Works in a session and a transaction of its own, commits, and waits until other processes see the end of its locks.
     *
     * @param work what to do
     */
    public void inTransaction(Consumer<Session> work) {
        factory.inTransaction(work::accept);
        awaitSettled();
    }

    /**
     * Works in a session and a transaction of its own, commits, and waits until other processes see the end of its locks.
     *
     * @param work what to do
     * @param <T> what it returns
     * @return what it returned
     */
    public <T> T fromTransaction(Function<Session, T> work) {
        T result = factory.fromTransaction(work::apply);
        awaitSettled();
        return result;
    }

    /** Waits until everything has arrived that was sent after commits. */
    public void awaitSettled() {
        if (get().getCache().getRegionFactory() instanceof DormRegionFactory) {
            cache().awaitSettled();
        }
    }

    /** Forgets the statements and Hibernate's statistics. */
    public void clear() {
        statements.clear();
        factory.getStatistics().clear();
    }

    @Override
    public void close() {
        factory.close();
    }
}
