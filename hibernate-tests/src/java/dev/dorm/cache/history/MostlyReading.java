package dev.dorm.cache.history;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * One thread that reads a lot and writes a little, as applications do that have a cache: each transaction once with a
 * second-level cache, and then the same without one, on a schema of its own. So both meet the same noise.
 */
final class MostlyReading implements Runnable {

    private static final int WRITES_IN_A_THOUSAND = 40;
    private static final int READS = 3;

    private final Ledger ledger;
    private final Timings timings;
    private final List<Side> sides;
    private final Random random;
    private final int rows;

    /** One of the two applications, with the ledger of its rows. */
    private record Side(Timings.Side name, Application application, Ledger ledger, Transactions transactions) {}

    MostlyReading(
            Ledger ledger,
            Ledger uncachedLedger,
            Timings timings,
            Application cached,
            Application uncached,
            Options options,
            int thread) {
        this.ledger = ledger;
        this.timings = timings;
        this.sides = List.of(
                side(Timings.Side.CACHED, cached, ledger, options, thread),
                side(Timings.Side.UNCACHED, uncached, uncachedLedger, options, thread));
        this.random =
                new Random(Long.parseLong(options.text("seed")) * 1_000 + options.number("process", 0) * 16L + thread);
        this.rows = options.number("rows", 12);
    }

    private static Side side(Timings.Side name, Application application, Ledger ledger, Options options, int thread) {
        String who = "%s process %s thread %d".formatted(name, options.text("process"), thread);
        Duration nearWindow = name == Timings.Side.CACHED ? options.nearWindow() : Duration.ZERO;
        int process = options.number("process", 0);
        return new Side(
                name,
                application,
                ledger,
                new Transactions(ledger, new Halting(0, 0), false, nearWindow, options.keepsResults(), process, who));
    }

    @Override
    public void run() {
        while (ledger.phase() == Ledger.Phase.RUN) {
            long same = random.nextLong();
            sides.forEach(side -> work(side, new Random(same)));
        }
    }

    private void work(Side side, Random of) {
        Timings.Stage begun = timings.stage();
        long start = Ledger.now();
        side.transactions.run(side.application, Connection.TRANSACTION_READ_COMMITTED, (session, writing, reading) -> {
            if (of.nextInt(1_000) < WRITES_IN_A_THOUSAND) {
                new Changing(session, side.ledger, writing, reading, true, false, of)
                        .touch(of.nextInt(Entry.CLASSES.size()), of.nextInt(rows));
            } else {
                for (int i = 0; i < READS; i++) {
                    reading.some(of, rows);
                }
            }
        });
        timings.took(side.name, begun, Ledger.now() - start);
    }

    /** Inserts all rows of an application that has none. */
    static void fill(Application application, Ledger ledger, Options options) {
        Transactions transactions =
                new Transactions(ledger, new Halting(0, 0), false, Duration.ZERO, false, 0, "the filling");
        for (int entity = 0; entity < Entry.CLASSES.size(); entity++) {
            int which = entity;
            transactions.run(application, Connection.TRANSACTION_READ_COMMITTED, (session, writing, reading) -> {
                for (int row = 0; row < options.number("rows", 12); row++) {
                    new Changing(session, ledger, writing, reading, true, false, new Random(row)).touch(which, row);
                }
            });
        }
    }
}
