package dev.dorm.cache.history;

import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.PostgresServer;
import dev.dorm.cache.testing.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import redis.clients.jedis.Jedis;

/** One run of the history check: servers, processes, faults, and the outcome. */
final class Run {

    private static final Duration TIME = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int COMMITS = 1_000;

    private final String title;
    private final Options options = new Options();
    private final long seed = Long.getLong("history.seed", 1);
    private final Random random = new Random(seed);
    private final List<UnaryOperator<Options>> each = new ArrayList<>();
    private final Map<Integer, Integer> whiches = new TreeMap<>();
    private Duration killEvery = Duration.ZERO;
    private Duration flushEvery = Duration.ZERO;
    private Duration pauseEvery = Duration.ZERO;
    private Duration pause = Duration.ZERO;
    private Duration restartEvery = Duration.ZERO;
    private Duration away = Duration.ZERO;
    private boolean snapshots;

    private Processes processes;
    private Ledger ledger;

    Run(String title, String strategy) {
        this.title = title;
        options.set("strategy", strategy);
        options.set("threads", Integer.getInteger("history.threads", 4));
        for (int i = 0; i < Integer.getInteger("history.processes", 3); i++) {
            each.add(UnaryOperator.identity());
        }
    }

    Run set(String name, Object value) {
        options.set(name, value);
        return this;
    }

    /** Says more of one of the processes. */
    Run process(int which, UnaryOperator<Options> more) {
        each.set(which, more);
        return this;
    }

    /** Kills a process every so often and starts another, and halts some between lock, commit and unlock. */
    Run kills(Duration every) {
        killEvery = every;
        return set("faulty", true);
    }

    Run flushes(Duration every) {
        flushEvery = every;
        return set("faulty", true);
    }

    /** Lets Redis pause for a while every so often. */
    Run pauses(Duration every, Duration length) {
        pauseEvery = every;
        pause = length;
        return set("faulty", true);
    }

    /**
     * Kills Redis every so often and starts it again after a while: empty, or with what it held some time before its
     * end.
     */
    Run restarts(Duration every, Duration length, boolean fromSnapshots) {
        restartEvery = every;
        away = length;
        snapshots = fromSnapshots;
        return set("faulty", true);
    }

    /** Runs, prints what was counted, and returns it. */
    Outcome run() {
        try (OwnRedis redis = RedisServer.startOwn();
                Processes all = new Processes(!killEvery.isZero())) {
            processes = all;
            ledger = all.ledger();
            options.set("database", PostgresServer.shared().newSchema())
                    .set("redis", redis.url())
                    .set("prefix", "history")
                    .set("seed", seed);
            createTables();
            ledger.enter(Ledger.Phase.RUN);
            for (int i = 0; i < each.size(); i++) {
                start(i);
            }
            work(redis);
            processes.finish();
            Outcome outcome = new Outcome(title, ledger, processes.findings());
            System.out.println(outcome);
            return outcome;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void createTables() throws SQLException {
        String database = options.text("database");
        Options creating = new Options(options).set("ddl", "create").set("prefix", "creating");
        Application.build(creating).close();
        try (Connection connection = DriverManager.getConnection(database)) {
            Changing.prepare(connection);
        }
    }

    private void start(int which) {
        int number = processes.next();
        Options own = each.get(which).apply(new Options(options));
        if (!killEvery.isZero() && number % 3 < 2) {
            // Each place in turn, soon: the third process waits to be killed wherever it is.
            own.set(number % 3 == 0 ? "haltBeforeCommit" : "haltAfterCommit", 3 + random.nextInt(20));
        }
        processes.start(own);
        whiches.put(number, which);
    }

    private void work(OwnRedis redis) {
        processes.awaitStart();
        String minutes = System.getProperty("history.minutes");
        Duration lasting = minutes == null ? TIME : Duration.ofMillis((long) (Double.parseDouble(minutes) * 60_000));
        long end = Ledger.now() + lasting.toNanos();
        Timer kills = new Timer(killEvery);
        Timer flushes = new Timer(flushEvery);
        Timer pauses = new Timer(pauseEvery);
        Timer restarts = new Timer(restartEvery);
        while (Ledger.now() < end || (!enough() && Ledger.now() < end + PATIENCE.toNanos())) {
            sleep(20);
            if (killEvery.isZero()) {
                processes.failIfAnyEnded();
            } else {
                replaceTheDead();
            }
            if (kills.due()) {
                kill();
            }
            if (flushes.due()) {
                flush(redis);
            }
            if (pauses.due()) {
                pause(redis);
            }
            if (restarts.due()) {
                restart(redis);
            }
        }
    }

    /** A slow machine takes longer to see what the run is for. */
    private boolean enough() {
        boolean killed = ledger.of(Tally.KILLS_BEFORE_COMMIT) > 0 && ledger.of(Tally.KILLS_AFTER_COMMIT) > 0;
        return killEvery.isZero() ? ledger.of(Tally.COMMITS) >= COMMITS : killed;
    }

    /** When something is to happen next: every so often, more or less. */
    private final class Timer {

        private final Duration every;
        private long next;

        Timer(Duration every) {
            this.every = every;
            again();
        }

        private void again() {
            next = Ledger.now() + (long) (every.toNanos() * (0.5 + random.nextDouble()));
        }

        boolean due() {
            boolean due = !every.isZero() && Ledger.now() >= next;
            if (due) {
                again();
            }
            return due;
        }
    }

    private void kill() {
        List<Integer> working = processes.numbers().stream()
                .filter(process -> ledger.acknowledged(process, Ledger.Phase.RUN))
                .toList();
        if (!working.isEmpty()) {
            processes.kill(working.get(random.nextInt(working.size())));
            ledger.count(Tally.KILLS);
        }
    }

    private void replaceTheDead() {
        for (int process : processes.numbers()) {
            if (!processes.isAlive(process)) {
                int ended = processes.ended(process);
                if (ended != Halting.KILLED) {
                    throw new IllegalStateException(
                            "Process %d ended with %d%n%s".formatted(process, ended, processes.findings()));
                }
                start(whiches.get(process));
            }
        }
    }

    private void flush(OwnRedis redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port(), 30_000)) {
            ledger.flushing();
            jedis.flushAll();
            ledger.flushed();
            ledger.count(Tally.FLUSHES);
        }
    }

    private void pause(OwnRedis redis) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port(), 30_000)) {
            jedis.clientPause(pause.toMillis());
            ledger.count(Tally.PAUSES);
        }
    }

    /** What the snapshot misses was written in the half second after it, and was read by everybody. */
    private void restart(OwnRedis redis) {
        if (snapshots) {
            try (Jedis jedis = new Jedis("127.0.0.1", redis.port(), 30_000)) {
                jedis.save();
            }
            sleep(500);
        }
        // Locks go as in a flush.
        ledger.flushing();
        redis.kill();
        sleep(away.toMillis());
        redis.start();
        ledger.flushed();
        ledger.count(Tally.RESTARTS);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
