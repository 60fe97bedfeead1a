package dev.dorm.cache.history;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges what one transaction reads by what was published before it began. Of one thread. */
final class Oracle {

    private static final long DEAD = Duration.ofSeconds(5).toNanos();
    private static final long LEASE = Duration.ofSeconds(1).toNanos();

    private final Ledger ledger;
    private final boolean nonstrict;
    private final Duration nearWindow;
    private final boolean nearResults;
    private final Map<Cell, Change> before = new HashMap<>();
    private final long begun;
    private final long fallenFor;
    private final String who;

    /** Takes what is published now; the transaction must begin after this. */
    Oracle(Ledger ledger, boolean nonstrict, Duration nearWindow, boolean nearResults, int process, String who) {
        this.nearWindow = nearWindow;
        this.nearResults = nearResults;
        this.ledger = ledger;
        this.nonstrict = nonstrict;
        this.who = who;
        this.begun = Ledger.now();
        this.fallenFor = ledger.fallenFor(process, begun);
        for (int entity = 0; entity < Entry.CLASSES.size(); entity++) {
            for (Cell.Kind kind : Cell.Kind.values()) {
                int slots = kind == Cell.Kind.CODE ? Ledger.CODES : Ledger.ROWS;
                for (int slot = 0; slot < slots; slot++) {
                    Cell cell = new Cell(kind, entity, slot);
                    before.put(cell, ledger.published(cell));
                }
            }
        }
    }

    /** Judges a number that a cell showed. */
    void saw(Cell cell, long number, String how) {
        ledger.count(Tally.READS);
        if (!ledger.isDrawn(number) || (ledger.mark(number, Ledger.READ) & Ledger.ROLLED_BACK) != 0) {
            report(Tally.PHANTOM, cell, "shows " + number, how);
            return;
        }
        Change known = before.get(cell);
        if (number < known.number()) {
            List<Change> missed = ledger.changes(cell, number, known.number());
            boolean deleted = missed.stream().anyMatch(this::isCommittedDelete);
            excuseOrReport(deleted ? Tally.RESURRECTED : Tally.STALE, cell, missed, "shows " + number, how);
        }
    }

    /** Judges that a cell held nothing. */
    void sawNothing(Cell cell, String how) {
        sawValue(cell, Ledger.NOTHING, how);
    }

    /** Judges the value of a cell that carries no number. */
    void sawValue(Cell cell, int value, String how) {
        ledger.count(Tally.READS);
        Change known = before.get(cell);
        if (known.value() == value
                || ledger.changes(cell, known.number(), Long.MAX_VALUE).stream().anyMatch(c -> c.value() == value)) {
            return;
        }
        List<Change> all = ledger.changes(cell, 0, known.number());
        // The newest change that made it so is what was read; it is the missed ones that may excuse it.
        long shown = all.stream()
                .filter(c -> c.value() == value)
                .mapToLong(Change::number)
                .max()
                .orElse(0);
        List<Change> missed =
                all.stream().filter(change -> change.number() > shown).toList();
        excuseOrReport(
                value == Ledger.NOTHING ? Tally.MISSING : Tally.STALE, cell, missed, "shows value " + value, how);
    }

    /** Judges a natural id that led to no row: whoever owned it may be newer than the snapshot. */
    void ledNowhere(Cell cell, String how) {
        ledger.count(Tally.READS);
        Change known = before.get(cell);
        if (!known.isNothing()
                && ledger.changes(cell, known.number(), Long.MAX_VALUE).isEmpty()) {
            report(Tally.MISSING, cell, "leads nowhere", how);
        }
    }

    void notWhole(Cell cell, String what, String how) {
        report(Tally.PHANTOM, cell, what, how);
    }

    private boolean isCommittedDelete(Change change) {
        return change.isNothing() && (ledger.state(change.number()) & Ledger.COMMITTED) != 0;
    }

    private void excuseOrReport(Tally violation, Cell cell, List<Change> missed, String what, String how) {
        Tally excuse = missed.stream()
                .map(change -> window(change.number()))
                .filter(tally -> tally != null)
                .findFirst()
                .orElseGet(() -> nearWindow(missed, how));
        report(excuse == null ? violation : excuse, cell, what + " [" + violation + "] missed " + missed, how);
    }

    /**
     * Returns the near tier's window, if all that was missed is so young; query results are not everywhere kept there. A lock
     * that a flush took away is told of again when it is released.
     */
    private Tally nearWindow(List<Change> missed, String how) {
        boolean result = how.equals("query of numbers") || how.equals("query of the owner");
        if (nearWindow.isZero() || result && !nearResults) {
            return null;
        }
        long now = Ledger.now();
        long longest = 0;
        for (Change change : missed) {
            long number = change.number();
            long published = ledger.committedAt(number);
            if (published != 0) {
                long released = ledger.releasedAt(number);
                boolean late = nonstrict || ledger.flushedBetween(ledger.guardedAt(number), released);
                longest = Math.max(longest, now - (late ? released : published));
            }
        }
        if (longest >= nearWindow.toNanos()) {
            return null;
        }
        ledger.lag(longest);
        return Tally.WINDOW_NEAR;
    }

    /** Returns the documented window in which a change may be missed by a transaction that began when this one did. */
    private Tally window(long number) {
        long released = ledger.releasedAt(number);
        long guarded = ledger.guardedAt(number);
        if (guarded == 0) {
            return null;
        }
        boolean open = released == 0 || begun - released <= 0;
        if (open && ledger.flushedBetween(guarded, released == 0 ? Ledger.now() : released)) {
            return closedBy(number, Tally.WINDOW_FLUSH);
        }
        if (open && nonstrict) {
            return closedBy(number, Tally.WINDOW_NONSTRICT);
        }
        if ((ledger.state(number) & Ledger.UNGUARDED) != 0) {
            long healed = ledger.healedAt(number);
            return healed == 0 || begun - healed <= 0 ? unguarded() : null;
        }
        return null;
    }

    /** The owed invalidation is no excuse for those who may not believe the server any more. */
    private Tally unguarded() {
        if (fallenFor < 0) {
            return Tally.WINDOW_OUTAGE;
        }
        return fallenFor < LEASE ? Tally.WINDOW_LEASE : null;
    }

    /** A writer that has not released its locks for longer than any transaction takes is dead. */
    private Tally closedBy(long number, Tally window) {
        boolean dead = ledger.releasedAt(number) == 0 && Ledger.now() - ledger.guardedAt(number) > DEAD;
        return dead ? Tally.WINDOW_KILLED : window;
    }

    private void report(Tally tally, Cell cell, String what, String how) {
        ledger.count(tally);
        System.out.printf(
                "%s %s %s, published %s, by %s in %s at %d, begun %d%n",
                tally, cell, what, before.get(cell), how, who, Ledger.now(), begun);
    }
}
