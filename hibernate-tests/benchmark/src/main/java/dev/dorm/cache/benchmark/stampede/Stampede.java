package dev.dorm.cache.benchmark.stampede;

import dev.dorm.cache.benchmark.Pace;
import dev.dorm.cache.benchmark.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets many threads read the same, with each contender in turn, and counts the statements of each phase. */
public final class Stampede {

    private static final Path LOGS = Path.of("hibernate-tests/benchmark/target/logs");
    private static final String SCHEMA = "stampede";

    private final Servers servers;
    private final Scale scale;

    /** What was counted. */
    private final Map<HotRead, Map<Contender, Map<Phase, Tally>>> tallies = new EnumMap<>(HotRead.class);

    /** How long each failover took, in milliseconds. */
    private final List<Double> failovers = new ArrayList<>();

    private Stampede(Servers servers, Scale scale) {
        this.servers = servers;
        this.scale = scale;
    }

    /**
     * Counts everything, and writes the page.
     *
     * @param pace how long it takes: there is one form that is published, and a short one
     * @param directory where the page goes
     * @throws IOException when a server or a process fails, or a read of this library fails while Redis answers
     */
    public static void run(Pace pace, Path directory) throws IOException {
        try (Servers servers = new Servers()) {
            Stampede stampede = new Stampede(servers, Scale.of(pace));
            String database = stampede.createRow();
            for (Contender contender : Contender.values()) {
                stampede.run(contender, database);
            }
            new StampedeReport(servers, stampede.scale, stampede.tallies, stampede.failovers).write(directory);
        }
        System.out.println("Written to " + directory.resolve("stampede.md"));
    }

    private String createRow() throws IOException {
        String database = servers.createSchema(SCHEMA, false);
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(HotRow.SCHEMA);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return database;
    }

    private void run(Contender contender, String database) throws IOException {
        List<ReadersProcess> processes = new ArrayList<>();
        try {
            Path log = LOGS.resolve("stampede-" + contender + ".log");
            for (int i = 0; i < scale.processes(); i++) {
                processes.add(new ReadersProcess(contender, database, servers.redis(false), scale, log));
            }
            for (ReadersProcess each : processes) {
                each.answer();
            }
            for (HotRead what : HotRead.values()) {
                Map<Phase, Tally> phases = new EnumMap<>(Phase.class);
                tell(processes, what.name());
                for (Phase phase : Phase.values()) {
                    if (phase != Phase.FAILOVER || contender.shared()) {
                        phases.put(phase, run(contender, phase, processes));
                    }
                }
                tell(processes, "stop");
                tallies.computeIfAbsent(what, any -> new EnumMap<>(Contender.class))
                        .put(contender, phases);
                System.out.println(contender.title() + ", " + what + ": " + phases);
            }
        } finally {
            processes.forEach(ReadersProcess::close);
        }
    }

    private Tally run(Contender contender, Phase phase, List<ReadersProcess> processes) throws IOException {
        long end = System.nanoTime() + scale.length(phase).toNanos();
        if (phase == Phase.EVICTION) {
            // Who shares the cache need not be told.
            tell(contender.shared() ? processes.subList(0, 1) : processes, "evict");
        } else if (phase == Phase.FAILOVER) {
            failovers.add(servers.replaceRedis());
        }
        try {
            Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        Tally sum = tell(processes, "tally").stream().map(Tally::parse).reduce(Tally.NOTHING, Tally::plus);
        // While Redis is away, whoever needs it may fail.
        if (phase.isQuiet() && (sum.reads() == 0 || sum.failed() > 0 && contender.ours())) {
            throw new IOException(contender.title() + ", " + phase + ": " + sum + "; see " + LOGS);
        }
        return sum;
    }

    /** Tells all at once, and returns what they answer. */
    private static List<String> tell(List<ReadersProcess> processes, String order) throws IOException {
        for (ReadersProcess each : processes) {
            each.order(order);
        }
        List<String> answers = new ArrayList<>();
        for (ReadersProcess each : processes) {
            answers.add(each.answer());
        }
        return answers;
    }
}
