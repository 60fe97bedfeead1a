package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.DormCache;
import dev.dorm.cache.benchmark.CacheSettings;
import dev.dorm.cache.benchmark.Subject;
import dev.dorm.cache.benchmark.walk.Domain.Identified;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/**
 * One JVM of the application. It says {@code ready PORT} when it serves, and ends when its standard input does.
 *
 * <p>Beside the resources it serves {@code /statistics}: what the JVM and the cache have done so far.
 */
public final class Node {

    /** Requests are served by so many threads: the walk needs one. */
    private static final int THREADS = 4;

    private final Subject subject;
    private final LongAdder statements = new LongAdder();
    private final SessionFactory factory;
    private final ObjectMapper mapper = Json.mapper();

    private Node(Subject subject, String database, String redis, String prefix) {
        this.subject = subject;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(database);
        pool.setAutoCommit(false);
        List<String> regions = Domain.ENTITIES.stream().flatMap(Node::regions).toList();
        factory = factory(
                new CacheSettings(subject, redis, prefix, regions, "json").settings(),
                Map.of(
                        "hibernate.connection.datasource", new HikariDataSource(pool),
                        "hibernate.connection.provider_disables_autocommit", "true",
                        // Without it a collection that is mapped by the other side would stay as it was.
                        "hibernate.cache.auto_evict_collection_cache", "true",
                        "hibernate.jdbc.time_zone", "UTC",
                        "hibernate.jdbc.batch_size", "25",
                        "hibernate.order_inserts", "true",
                        "hibernate.order_updates", "true",
                        "hibernate.query.in_clause_parameter_padding", "true"),
                statements);
    }

    /** Creates the application's tables. */
    static void createTables(String database) {
        Map<String, Object> withoutCache = Map.of("hibernate.cache.use_second_level_cache", "false");
        factory(
                        withoutCache,
                        Map.of("hibernate.connection.url", database, "hibernate.hbm2ddl.auto", "create"),
                        new LongAdder())
                .close();
    }

    private static SessionFactory factory(
            Map<String, Object> cache, Map<String, Object> database, LongAdder statements) {
        MetadataSources sources = new MetadataSources(new StandardServiceRegistryBuilder()
                .applySettings(cache)
                .applySettings(database)
                .build());
        Domain.ENTITIES.forEach(sources::addAnnotatedClass);
        return sources.buildMetadata()
                .getSessionFactoryBuilder()
                .applyStatementInspector(sql -> {
                    statements.increment();
                    return sql;
                })
                .build();
    }

    /** Returns the regions of an entity and of its collections. */
    private static Stream<String> regions(Class<?> entity) {
        Stream<String> collections = Arrays.stream(entity.getDeclaredFields())
                .filter(field -> field.getType() == Set.class)
                .map(Field::getName)
                .map(name -> entity.getName() + "." + name);
        return Stream.concat(Stream.of(entity.getName()), collections);
    }

    /**
     * Serves.
     *
     * @param args the subject, the database's URL, that of Redis, and the regions' prefix
     * @throws IOException when no port can be had
     */
    public static void main(String[] args) throws IOException {
        try {
            int port = new Node(Subject.valueOf(args[0]), args[1], args[2], args[3]).serve();
            System.out.println("ready " + port);
            while (System.in.read() >= 0) {
                // Nobody has anything to say: it waits for the end.
            }
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
        }
        System.exit(0);
    }

    private int serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        for (Resource<?> resource : Resource.ALL) {
            serve(server, resource);
        }
        server.createContext("/statistics", exchange -> {
            try (exchange) {
                byte[] body = mapper.writeValueAsBytes(statistics());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server.getAddress().getPort();
    }

    private <T extends Identified> void serve(HttpServer server, Resource<T> resource) {
        server.createContext("/api/" + resource.path(), new Rest<>(resource, factory, mapper));
    }

    private Map<String, Long> statistics() {
        Map<String, Long> statistics = new LinkedHashMap<>();
        statistics.put("statements", statements.sum());
        statistics.put("classes", ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        statistics.put("compilation", ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
        statistics.put("processor", processorMillis());
        statistics.putAll(ThreadTimes.millis());
        if (subject.ours()) {
            CacheStatistics cache = DormCache.of(factory).statistics();
            statistics.put("hits", cache.getHits());
            statistics.put("calls", cache.getCalls());
            statistics.put("settlements", cache.getSettlements());
            statistics.put("awaited", cache.getAwaitedSettlements());
        }
        return statistics;
    }

    private static long processorMillis() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1_000_000
                : 0;
    }
}
