package dev.dorm.cache.history;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.Cache;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.Transaction;

/** One thread of a process: transaction after transaction, by its own stream of random numbers, until it is stopped. */
final class Worker implements Runnable {

    private final Ledger ledger;
    private final List<Application> applications;
    private final Options options;
    private final Halting halting;
    private final Random random;
    private final int rows;
    private final boolean nonstrict;
    private final Duration nearWindow;
    private final boolean trusting;
    private final String who;

    Worker(Ledger ledger, List<Application> applications, Options options, Halting halting, int thread) {
        this.ledger = ledger;
        this.applications = applications;
        this.options = options;
        this.halting = halting;
        this.random =
                new Random(Long.parseLong(options.text("seed")) * 1_000 + options.number("process", 0) * 16 + thread);
        this.rows = options.number("rows", 12);
        this.nonstrict = options.text("strategy").contains("NONSTRICT");
        this.nearWindow = options.nearWindow();
        this.trusting = !nonstrict && nearWindow.isZero() && !options.is("faulty") && !options.is("control");
        this.who = "process " + options.text("process") + " thread " + thread;
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
        transaction(application, isolation, (session, writing, reading) -> {
            int mode = random.nextInt(20);
            if (mode == 0) {
                session.setCacheMode(CacheMode.IGNORE);
            } else if (mode == 1) {
                session.setCacheMode(CacheMode.REFRESH);
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
        transaction(application, Connection.TRANSACTION_REPEATABLE_READ, (session, writing, reading) -> {
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
        transaction(application, isolation, (session, writing, reading) -> {
            new Changing(session, ledger, writing, reading, application.knowsNotes(), trusting, random).some(rows);
            if (undo) {
                session.flush();
                throw new Undone();
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

    private interface Work {
        void in(Session session, Writing writing, Reading reading);
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void transaction(Application application, int isolation, Work work) {
        TracedConnections.isolation(isolation);
        Oracle oracle = new Oracle(ledger, nonstrict, nearWindow, who);
        Writing writing = Writing.begin(ledger, halting, application);
        try (Session session = application.factory().openSession()) {
            Transaction transaction = session.beginTransaction();
            try {
                work.in(session, writing, new Reading(session, oracle, application.knowsNotes()));
                writing.guarding();
                transaction.commit();
                ledger.count(Tally.COMMITS);
            } catch (RuntimeException e) {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
                ledger.count(Tally.ROLLBACKS);
                if (!Expected.is(e, isolation)) {
                    throw e;
                }
            }
        } catch (RuntimeException e) {
            ledger.count(Tally.ERRORS);
            System.out.println("ERROR " + who + ", isolation " + isolation);
            e.printStackTrace(System.out);
        } finally {
            writing.released(nonstrict);
            Writing.end();
        }
    }

    /** What a transaction may fail with when others write the same rows. */
    private static final class Expected {

        /** The cache may know a row that is newer than the snapshot, and Hibernate asks it whether a row exists. */
        private static final String NEWER_THAN_SNAPSHOT = "Detached entity passed to persist";

        private static boolean is(Throwable e, int isolation) {
            boolean snapshot = isolation == Connection.TRANSACTION_REPEATABLE_READ;
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                String text = cause.getClass().getName() + " " + cause.getMessage();
                if (cause instanceof Undone
                        || (snapshot && text.contains(NEWER_THAN_SNAPSHOT))
                        || text.contains("could not serialize access")
                        || text.contains("deadlock detected")
                        || text.contains("duplicate key value")
                        || text.contains("StaleObjectState")
                        || text.contains("StaleState")
                        || text.contains("OptimisticLock")
                        || text.contains("EntityNotFound")
                        || text.contains("ObjectNotFound")
                        || text.contains("UnresolvableObject")
                        || text.contains("The cache cannot be locked")) {
                    return true;
                }
            }
            return false;
        }
    }
}
