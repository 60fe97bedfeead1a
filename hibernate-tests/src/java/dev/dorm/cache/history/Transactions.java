package dev.dorm.cache.history;

import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;
import org.hibernate.Transaction;

/** Runs a thread's transactions one after the other, each judged by an oracle of its own. */
final class Transactions {

    private static final Set<String> REFUSALS = ConcurrentHashMap.newKeySet();

    private final Ledger ledger;
    private final Halting halting;
    private final boolean nonstrict;
    private final Duration nearWindow;
    private final boolean nearResults;
    private final int process;
    private final String who;

    Transactions(
            Ledger ledger,
            Halting halting,
            boolean nonstrict,
            Duration nearWindow,
            boolean nearResults,
            int process,
            String who) {
        this.ledger = ledger;
        this.halting = halting;
        this.nonstrict = nonstrict;
        this.nearWindow = nearWindow;
        this.nearResults = nearResults;
        this.process = process;
        this.who = who;
    }

    /** What a transaction does. */
    interface Work {
        void in(Session session, Writing writing, Reading reading);
    }

    /** Rolls a transaction back on purpose. */
    static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void run(Application application, int isolation, Work work) {
        TracedConnections.isolation(isolation);
        Oracle oracle = new Oracle(ledger, nonstrict, nearWindow, nearResults, process, who);
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
                if (isRefused(e)) {
                    refused(e, writing);
                } else if (!isExpected(e, isolation)) {
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

    private static boolean isRefused(Throwable e) {
        return e.toString().contains("cannot be locked");
    }

    /** A write that must not pass by the cache, and so did not happen. Each kind of refusal is printed once. */
    private void refused(RuntimeException e, Writing writing) {
        ledger.count(Tally.REFUSED);
        if (REFUSALS.add(e.toString())) {
            System.out.println("REFUSED " + e);
        }
        if (writing.writes() && (ledger.state(writing.number()) & Ledger.COMMITTED) != 0) {
            throw e;
        }
    }

    /** The cache may know a row that is newer than the snapshot, and Hibernate asks it whether a row exists. */
    private static final String NEWER_THAN_SNAPSHOT = "etached entity passed to persist";

    /** Returns whether a transaction may fail so when others write the same rows. */
    private static boolean isExpected(Throwable e, int isolation) {
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
                    || text.contains("UnresolvableObject")) {
                return true;
            }
        }
        return false;
    }
}
