package dev.dorm.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Several JVMs under load, whose Redis goes away for a while; and what their transactions noticed of it. */
final class OutageRun {

    private static final int PROCESSES = 3;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration SHORT_TICK = Duration.ofMillis(10);
    /** A stage before and after an outage takes a third of its time, and no longer than this. */
    private static final Duration LONGEST_STAGE = Duration.ofSeconds(8);

    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String title;
    private final Options options = new Options();
    private final Duration lasting;
    private final Duration steady;

    private Processes processes;
    private Timings timings;
    private HitRatios ratios;
    private Healing healing;

    /**
     * Creates a run.
     *
     * @param title what it is called
     * @param outage the policy, {@code bypass} or {@code fail}
     * @param lasting how long the outage lasts
     */
    OutageRun(String title, String outage, Duration lasting) {
        this(title, outage, "off", lasting);
    }

    /**
     * Creates a run.
     *
     * @param title what it is called
     * @param outage the policy, {@code bypass} or {@code fail}
     * @param near what is kept near, {@code off} or {@code all}
     * @param lasting how long the outage lasts
     */
    OutageRun(String title, String outage, String near, Duration lasting) {
        this.title = title + ", " + outage + (near.equals("off") ? "" : ", near") + ", " + lasting.toSeconds() + " s";
        this.lasting = lasting;
        Duration third = lasting.dividedBy(3);
        this.steady = third.compareTo(LONGEST_STAGE) > 0 ? LONGEST_STAGE : third;
        options.set("strategy", "READ_WRITE")
                .set("outage", outage)
                .set("near", near)
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
        return run(fault, () -> work(fault));
    }

    /** The same with one fault after the other, for as long as a fault of this run may last. */
    OutageOutcome run(Site site, Supplier<Fault> next) {
        return run(next.get(), () -> soak(site, next));
    }

    private OutageOutcome run(Fault fault, Runnable work) {
        try (fault;
                Processes all = new Processes(false)) {
            processes = all;
            timings = new Timings(all.file("timings"));
            ratios = new HitRatios(all.ledger());
            healing = new Healing(all.ledger(), PROCESSES);
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
                Options own = new Options(options);
                fault.of(i).below("").forEach(own::set);
                all.start(own);
            }
            all.awaitStart();
            work.run();
            all.finish();
            OutageOutcome outcome = new OutageOutcome(
                    title,
                    new Outcome(title, all.ledger(), all.findings()),
                    new Outcome(title + ", without a cache", uncached, all.findings()),
                    timings,
                    ratios,
                    healing,
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
        ratios.outage(Ledger.now());
        strike(fault, lasting);
        observe(PATIENCE, () -> ratios.recovery().isPresent());
        observe(steady, () -> false);
    }

    private void strike(Fault fault, Duration time) {
        Ledger ledger = processes.ledger();
        timings.enter(Timings.Stage.OUTAGE);
        if (fault.losesLocks()) {
            ledger.flushing();
        }
        processes.numbers().stream().filter(fault::bounds).forEach(ledger::fell);
        fault.begin();
        processes.numbers().stream().filter(fault::bounds).forEach(ledger::fell);
        observe(time.dividedBy(2), () -> itGoesOn(fault));
        fault.middle();
        observe(time.dividedBy(2), () -> itGoesOn(fault));
        if (options.text("outage").equals("fail") && ratios.backAt() == 0 && fault.refuses()) {
            // A slow machine takes longer to see what the run is for.
            observe(PATIENCE, () -> ledger.of(Tally.REFUSED) > 0);
        }
        processes.numbers().forEach(ledger::rises);
        fault.end();
        back();
        if (fault.losesLocks()) {
            ledger.flushed();
        }
        timings.enter(Timings.Stage.AFTER);
        long patient = Ledger.now() + PATIENCE.toNanos();
        while (!healing.isOver() && Ledger.now() < patient) {
            sleep(SHORT_TICK);
            healing.look();
        }
    }

    /** Describes the processes when all is warm, and again at the end. */
    private void soak(Site site, Supplier<Fault> next) {
        observe(steady, () -> false);
        ratios.steadyFrom(Ledger.now());
        observe(CALM, () -> false);
        ratios.outage(Ledger.now());
        Random random = new Random(Long.getLong("history.seed", 1));
        Used begin = used("begin", site);
        Duration longest = Duration.ZERO;
        long end = Ledger.now() + lasting.toNanos();
        while (Ledger.now() < end) {
            Fault fault = next.get();
            healing = new Healing(processes.ledger(), PROCESSES);
            strike(fault, Duration.ofMillis(2_000 + random.nextInt(6_000)));
            Duration healed = healing.longest().orElse(PATIENCE);
            System.out.printf("  %s, healed after %d ms%n", fault, healed.toMillis());
            longest = healed.compareTo(longest) > 0 ? healed : longest;
            observe(CALM, () -> false);
        }
        System.out.printf("  longest healing %d ms%n", longest.toMillis());
        used("end", site).hasNotGrown(begin);
    }

    /** What all processes use together after a collection, and how many connections there are. */
    private record Used(long heap, long threads, long connections) {

        /** A new connection or two come with each fault, and the old ones go: no more than twice as many as at the begin. */
        void hasNotGrown(Used begin) {
            assertThat(heap).as("heap").isLessThan(2 * begin.heap);
            assertThat(threads).as("threads").isLessThan(begin.threads + PROCESSES * 5);
            assertThat(connections).as("connections").isLessThan(2 * begin.connections);
        }
    }

    private Used used(String when, Site site) {
        Usage usage = new Usage(processes.file("ledger-usage"));
        long question = usage.ask();
        observe(PATIENCE, () -> processes.numbers().stream().allMatch(p -> usage.answered(p) == question));
        StringBuilder text = new StringBuilder("  at the " + when + ": ");
        processes.numbers().forEach(p -> text.append(usage.of(p)).append("; "));
        String clients = site.ask(site.master(), "INFO", "clients")
                .lines()
                .filter(line -> line.startsWith("connected_clients"))
                .findFirst()
                .orElseThrow();
        System.out.println(text.append(clients));
        return new Used(
                processes.numbers().stream().mapToLong(usage::heap).sum(),
                processes.numbers().stream().mapToLong(usage::threads).sum(),
                Long.parseLong(clients.replaceAll("\\D", "")));
    }

    private boolean itGoesOn(Fault fault) {
        if (fault.goesOn()) {
            back();
        }
        if (ratios.recovery().isPresent()) {
            // It is over sooner than it may last: what comes now is no outage.
            timings.enter(Timings.Stage.AFTER);
        }
        return false;
    }

    private void back() {
        ratios.back(Ledger.now());
        healing.back(Ledger.now());
    }

    /** Takes the hit ratio every so often, for a time or until something has happened. */
    private void observe(Duration time, BooleanSupplier until) {
        long end = Ledger.now() + time.toNanos();
        do {
            sleep(TICK);
            processes.failIfAnyEnded();
            ratios.sample();
            healing.look();
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
