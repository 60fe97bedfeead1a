package dev.dorm.cache.benchmark.stampede;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dorm.cache.DormCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/**
 * One JVM of the application: its threads read what they are told to. It says {@code ready} when it is, answers each line with
 * one, and ends when its standard input does.
 */
public final class Readers {

    private static final int WARM_UP_READS = 500;

    private final LongAdder statements = new LongAdder();
    private final SessionFactory factory;
    private final Contender contender;
    private final int threads;
    private long outagesBefore;
    private List<Reader> reading = List.of();

    private Readers(Contender contender, String database, String redis, Duration ttl, int threads) {
        this.contender = contender;
        this.threads = threads;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(database);
        pool.setAutoCommit(!contender.connectsLate());
        // Nobody waits for a connection: that would hold a stampede back.
        pool.setMaximumPoolSize(threads);
        factory = new MetadataSources(new StandardServiceRegistryBuilder()
                        .applySettings(contender.settings(redis, HotRow.class.getName(), ttl))
                        .applySetting("hibernate.connection.datasource", new HikariDataSource(pool))
                        .build())
                .addAnnotatedClass(HotRow.class)
                .buildMetadata()
                .getSessionFactoryBuilder()
                .applyStatementInspector(sql -> {
                    statements.increment();
                    return sql;
                })
                .build();
    }

    /**
     * Obeys.
     *
     * @param args the contender, the database's URL, that of Redis, the time to live in milliseconds, and how many threads
     * @throws IOException when the input fails
     */
    public static void main(String[] args) throws IOException {
        try {
            Readers readers = new Readers(
                    Contender.valueOf(args[0]),
                    args[1],
                    args[2],
                    Duration.ofMillis(Long.parseLong(args[3])),
                    Integer.parseInt(args[4]));
            readers.warmUp();
            System.out.println("ready");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(readers.obey(order));
            }
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
        }
        System.exit(0);
    }

    /** One thread loads the classes, and lets the compiler begin: else all together would wait for that longer than for Redis. */
    private void warmUp() {
        for (HotRead what : HotRead.values()) {
            for (int i = 0; i < WARM_UP_READS; i++) {
                factory.inTransaction(what::read);
            }
        }
        statements.reset();
    }

    /** Returns how many misses there were since it was asked last because Redis did not answer. */
    private long outages() {
        if (!contender.ours()) {
            return 0;
        }
        long before = outagesBefore;
        outagesBefore = DormCache.of(factory).statistics().getMisses().getOrDefault("outage", 0L);
        return outagesBefore - before;
    }

    private String obey(String order) {
        switch (order) {
            case "tally" -> {
                return reading.stream()
                        .map(Reader::tally)
                        .reduce(new Tally(statements.sumThenReset(), outages(), 0, 0, 0), Tally::plus)
                        .line();
            }
            case "evict" -> factory.getCache().evictAllRegions();
            case "stop" -> stop();
            default -> {
                HotRead what = HotRead.valueOf(order);
                reading = Stream.generate(() -> new Reader(factory, what))
                        .limit(threads)
                        .toList();
                reading.forEach(Thread::start);
            }
        }
        return "done";
    }

    private void stop() {
        reading.forEach(Reader::finish);
        try {
            for (Reader each : reading) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
