package dev.dorm.cache.history;

import java.util.LinkedHashMap;
import java.util.Map;

/** A transaction in the ledger's eyes: what it read there before it began, and what it changes. */
final class Writing {

    private static final ThreadLocal<Writing> CURRENT = new ThreadLocal<>();

    private final Ledger ledger;
    private final Halting halting;
    private final Map<Cell, Change> changes = new LinkedHashMap<>();
    private final Application application;
    private final long outages;
    private long number;
    private boolean unguarded;

    private Writing(Ledger ledger, Halting halting, Application application) {
        this.ledger = ledger;
        this.halting = halting;
        this.application = application;
        this.outages = application.outages();
    }

    /** Starts a transaction of this thread. */
    static Writing begin(Ledger ledger, Halting halting, Application application) {
        Writing writing = new Writing(ledger, halting, application);
        CURRENT.set(writing);
        return writing;
    }

    /** Returns this thread's transaction, or null. */
    static Writing current() {
        return CURRENT.get();
    }

    static void end() {
        CURRENT.remove();
    }

    /** Returns this transaction's number; the database's locks on all it changes are held by the first call. */
    long number() {
        if (number == 0) {
            number = ledger.draw();
        }
        return number;
    }

    boolean writes() {
        return number != 0;
    }

    /** Says what a cell will hold. */
    void change(Cell cell, int value) {
        Change change = new Change(number(), value);
        ledger.log(cell, change);
        changes.put(cell, change);
    }

    /** The cache's locks may be taken from now on. */
    void guarding() {
        if (writes()) {
            ledger.guarding(number);
        }
    }

    /** The database is about to commit: the cache's locks are taken. */
    void committing() {
        noteOutage();
        if (writes() && halting.beforeCommit()) {
            ledger.mark(number, Ledger.ROLLED_BACK);
            ledger.count(Tally.KILLS_BEFORE_COMMIT);
            Halting.halt();
        }
    }

    /** The database has committed: the cache's locks still stand. */
    void committed() {
        if (!writes()) {
            return;
        }
        ledger.mark(number, Ledger.COMMITTED);
        ledger.publishing(number);
        changes.forEach(ledger::publish);
        if (halting.afterCommit()) {
            ledger.count(Tally.KILLS_AFTER_COMMIT);
            Halting.halt();
        }
    }

    /** The database is about to roll back. */
    void rollingBack() {
        if (writes()) {
            long before = ledger.mark(number, Ledger.ROLLED_BACK);
            if ((before & Ledger.READ) != 0) {
                ledger.count(Tally.PHANTOM);
                System.out.println("PHANTOM " + number + " was read, and is rolled back");
            }
        }
    }

    /** The cache has been told the outcome, or an outage has prevented it; where there are no locks, that matters. */
    void released(boolean lockless) {
        if (!writes()) {
            return;
        }
        if (lockless) {
            noteOutage();
        }
        ledger.released(number);
        if (unguarded) {
            application.owes(number);
        }
    }

    /** Calls of the cache have failed since this transaction began: its locks may not stand. */
    private void noteOutage() {
        if (writes() && application.outages() != outages) {
            unguarded = true;
            ledger.mark(number, Ledger.UNGUARDED);
        }
    }
}
