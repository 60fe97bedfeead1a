package dev.dorm.cache.history;

import dev.dorm.cache.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Several JVMs under load, whose Redis goes away for a while; and what their transactions noticed of it. */
final class OutageRun {

    private static final int PROCESSES = 3;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String title;
    private final Options options = new Options();
    private final Duration lasting;
    private final Duration steady;

    private Processes processes;
    private Timings timings;
    private HitRatios ratios;

    /**
     * Creates a run.
     *
     * @param title what it is called
     * @param outage the policy, {@code bypass} or {@code fail}
     * @param lasting how long the outage lasts
     */
    OutageRun(String title, String outage, Duration lasting) {
        this.title = title + ", " + outage + ", " + lasting.toSeconds() + " s";
        this.lasting = lasting;
        this.steady = lasting.dividedBy(3);
        options.set("strategy", "READ_WRITE")
                .set("outage", outage)
                .set("timeout", "250ms")
                .set("threads", 4)
                .set("mostlyReading", true)
                .set("prefix", "outage")
                .set("seed", Long.getLong("history.seed", 1));
    }

    /** Returns what the second application of a thread is told: the same, but for the cache. */
    static Options uncached(Options options) {
        return new Options(options)
                .set("uncached", true)
                .set("database", options.text("uncachedDatabase"))
                .set("ledger", options.text("uncachedLedger"));
    }

    /** Runs, prints what was measured, and returns it. */
    OutageOutcome run(Fault fault) {
        try (fault;
                Processes all = new Processes(false)) {
            processes = all;
            timings = new Timings(all.file("timings"));
            ratios = new HitRatios(all.ledger());
            fault.settings().below("").forEach(options::set);
            options.set("ledger", all.file("ledger"))
                    .set("uncachedLedger", all.file("uncached-ledger"))
                    .set("timings", all.file("timings"))
                    .set("database", PostgresServer.shared().newSchema())
                    .set("uncachedDatabase", PostgresServer.shared().newSchema());
            Ledger uncached = new Ledger(all.file("uncached-ledger"));
            fill(new Options(options).set("uncached", true), all.ledger());
            fill(uncached(options), uncached);
            all.ledger().enter(Ledger.Phase.RUN);
            for (int i = 0; i < PROCESSES; i++) {
                all.start(new Options(options));
            }
            all.awaitStart();
            work(fault);
            all.finish();
            OutageOutcome outcome = new OutageOutcome(
                    title,
                    new Outcome(title, all.ledger(), all.findings()),
                    new Outcome(title + ", without a cache", uncached, all.findings()),
                    timings,
                    ratios,
                    OwedWindow.of(all.ledger(), ratios.backAt()),
                    neverCommitted(all.ledger()));
            System.out.println(outcome);
            return outcome;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(Options options, Ledger ledger) throws SQLException {
        try (Application application = Application.build(new Options(options).set("ddl", "create"));
                Connection connection = DriverManager.getConnection(options.text("database"))) {
            Changing.prepare(connection);
            MostlyReading.fill(application, ledger, options);
        }
    }

    private void work(Fault fault) {
        observe(steady, () -> false);
        fault.warm();
        observe(steady, () -> false);
        timings.enter(Timings.Stage.BEFORE);
        ratios.steadyFrom(Ledger.now());
        observe(steady, () -> false);
        Ledger ledger = processes.ledger();
        timings.enter(Timings.Stage.OUTAGE);
        ratios.outage(Ledger.now());
        // Locks may go, as in a flush.
        ledger.flushing();
        fault.begin();
        observe(lasting, () -> {
            if (fault.goesOn()) {
                ratios.back(Ledger.now());
            }
            if (ratios.recovery().isPresent()) {
                // It is over sooner than it may last: what comes now is no outage.
                timings.enter(Timings.Stage.AFTER);
            }
            return false;
        });
        if (options.text("outage").equals("fail") && ratios.backAt() == 0) {
            // A slow machine takes longer to see what the run is for.
            observe(PATIENCE, () -> ledger.of(Tally.REFUSED) > 0);
        }
        fault.end();
        ratios.back(Ledger.now());
        ledger.flushed();
        timings.enter(Timings.Stage.AFTER);
        observe(PATIENCE, () -> ratios.recovery().isPresent());
        observe(steady, () -> false);
    }

    /** Takes the hit ratio every so often, for a time or until something has happened. */
    private void observe(Duration time, BooleanSupplier until) {
        long end = Ledger.now() + time.toNanos();
        do {
            sleep(TICK);
            processes.failIfAnyEnded();
            ratios.sample();
        } while (!until.getAsBoolean() && Ledger.now() < end);
    }

    /** Returns how many values stand in the database whose transactions never committed. */
    private long neverCommitted(Ledger ledger) throws SQLException {
        long found = 0;
        try (Connection connection = DriverManager.getConnection(options.text("database"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("select number from plain union select number from versioned"
                        + " union select marks from plain_marks union select marks from versioned_marks")) {
            while (result.next()) {
                found += (ledger.state(result.getLong(1)) & Ledger.COMMITTED) == 0 ? 1 : 0;
            }
        }
        return found;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
