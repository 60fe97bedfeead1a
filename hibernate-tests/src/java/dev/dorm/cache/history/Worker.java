package dev.dorm.cache.history;

import dev.dorm.cache.testing.WholeSession;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.Cache;
import org.hibernate.CacheMode;
import org.hibernate.Session;

/** One thread of a process: transaction after transaction, by its own stream of random numbers, until it is stopped. */
final class Worker implements Runnable {

    private final Ledger ledger;
    private final List<Application> applications;
    private final Options options;
    private final Transactions transactions;
    private final Random random;
    private final int rows;
    private final boolean trusting;

    Worker(Ledger ledger, List<Application> applications, Options options, Halting halting, int thread) {
        this.ledger = ledger;
        this.applications = applications;
        this.options = options;
        this.random =
                new Random(Long.parseLong(options.text("seed")) * 1_000 + options.number("process", 0) * 16 + thread);
        this.rows = options.number("rows", 12);
        boolean nonstrict = options.text("strategy").contains("NONSTRICT");
        Duration nearWindow = options.nearWindow();
        this.trusting = !nonstrict && nearWindow.isZero() && !options.is("faulty") && !options.is("control");
        String who = "process " + options.text("process") + " thread " + thread;
        this.transactions = new Transactions(
                ledger, halting, nonstrict, nearWindow, options.keepsResults(), options.number("process", 0), who);
    }

    @Override
    public void run() {
        while (ledger.phase() == Ledger.Phase.RUN) {
            Application application = applications.get(random.nextInt(applications.size()));
            int choice = random.nextInt(100);
            if (choice < 1) {
                evict(application.factory().getCache());
            } else if (choice < 16) {
                write(application);
            } else if (choice < 20) {
                readLate(application);
            } else {
                read(application);
            }
        }
    }

    private void read(Application application) {
        int isolation =
                random.nextInt(4) == 0 ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED;
        transactions.run(application, isolation, (session, writing, reading) -> {
            int mode = random.nextInt(20);
            if (mode == 0) {
                WholeSession.uses(session, CacheMode.IGNORE);
            } else if (mode == 1) {
                WholeSession.uses(session, CacheMode.REFRESH);
            } else if (mode == 2) {
                refresh(session, reading);
            }
            for (int i = random.nextInt(3); i >= 0; i--) {
                reading.some(random, rows);
            }
        });
    }

    private void refresh(Session session, Reading reading) {
        int entity = random.nextInt(Entry.CLASSES.size());
        int row = random.nextInt(rows);
        Entry entry = session.find(Entry.CLASSES.get(entity), (long) row);
        if (entry != null) {
            session.refresh(entry);
            reading.judge(entity, row, entry, "refresh");
        }
    }

    /** Takes its snapshot at once, and reads when others have long written. */
    private void readLate(Application application) {
        transactions.run(application, Connection.TRANSACTION_REPEATABLE_READ, (session, writing, reading) -> {
            session.doWork(connection -> connection.createStatement().execute("select 1 from guard where id = 0"));
            LockSupport.parkNanos((20 + random.nextInt(options.number("lateMillis", 600))) * 1_000_000L);
            for (int i = 0; i < 6; i++) {
                reading.some(random, rows);
            }
        });
        ledger.count(Tally.LONG_READERS);
    }

    private void write(Application application) {
        int isolation =
                random.nextInt(4) == 0 ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED;
        boolean undo = random.nextInt(12) == 0;
        transactions.run(application, isolation, (session, writing, reading) -> {
            new Changing(session, ledger, writing, reading, application.knowsNotes(), trusting, random).some(rows);
            if (undo) {
                session.flush();
                throw new Transactions.Undone();
            }
        });
    }

    private void evict(Cache cache) {
        Class<? extends Entry> type = Entry.CLASSES.get(random.nextInt(Entry.CLASSES.size()));
        long row = random.nextInt(rows);
        switch (random.nextInt(8)) {
            case 0 -> cache.evictEntityData(type);
            case 1 -> cache.evictCollectionData(type.getName() + ".marks", row);
            case 2 -> cache.evictCollectionData(type.getName() + ".marks");
            case 3 -> cache.evictNaturalIdData(type);
            case 4 -> cache.evictDefaultQueryRegion();
            default -> cache.evictEntityData(type, row);
        }
        ledger.count(Tally.EVICTIONS);
    }
}
