package dev.dorm.cache.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What all JVMs of a run know at the same instant: a file mapped into each of them.
 *
 * <p>A <em>number</em> names one writing transaction. It is drawn from one counter while the transaction holds the
 * database's locks on all it will change, so for each cell numbers rise in the order of the commits. A <em>cell</em> is
 * what has one value at a time: a row, its collection, its note, or who owns a natural id. Its published change is the
 * newest whose commit has returned; the log holds the newest changes drawn for it, committed or not.
 */
final class Ledger {

    /** What a run is doing. */
    enum Phase {
        RUN,
        STOP,
        CHECK,
        EXIT
    }

    static final int ROWS = 16;
    static final int CODES = 2 * ROWS;
    static final int MAX_PROCESSES = 64;

    /** The value of a cell that holds nothing: a deleted row, a natural id that nobody has. */
    static final int NOTHING = 0;

    static final long COMMITTED = 1;
    static final long ROLLED_BACK = 2;
    static final long READ = 4;
    static final long UNGUARDED = 8;

    private static final int MAX_NUMBERS = 4_000_000;
    private static final int MAX_FLUSHES = 1_000;
    private static final int MAX_LAGS = 100_000;
    private static final int LOG = 1_024;

    private static final int PHASE = 0;
    private static final int NEXT = 1;
    private static final int TALLIES = 8;
    private static final int ACKS = TALLIES + 64;
    private static final int FALLS = ACKS + MAX_PROCESSES;
    private static final int HITS = FALLS + 2 * MAX_PROCESSES;
    private static final int FLUSHES = HITS + MAX_PROCESSES;
    private static final int PUBLISHED = FLUSHES + 1 + 2 * MAX_FLUSHES;
    private static final int LAGS = PUBLISHED + Cell.COUNT;
    private static final int LOGS = LAGS + 1 + MAX_LAGS;
    private static final int NUMBERS = LOGS + Cell.COUNT * (LOG + 1);
    private static final int OF_NUMBER = 5;
    private static final int STATE = 0;
    private static final int GUARDED_AT = 1;
    private static final int RELEASED_AT = 2;
    private static final int HEALED_AT = 3;
    private static final int COMMITTED_AT = 4;
    private static final long SIZE = 8L * (NUMBERS + (long) OF_NUMBER * MAX_NUMBERS);

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer file;

    /** Maps the file, which is created with zeros. */
    Ledger(Path path) {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Phase phase() {
        return Phase.values()[(int) get(PHASE)];
    }

    void enter(Phase phase) {
        set(PHASE, phase.ordinal());
    }

    /** Says how far a process is. */
    void acknowledge(int process, Phase phase) {
        set(ACKS + process, phase.ordinal() + 1L);
    }

    /** Returns whether a process has said so, or is further. */
    boolean acknowledged(int process, Phase phase) {
        return get(ACKS + process) > phase.ordinal();
    }

    void count(Tally tally) {
        add(tally, 1);
    }

    void add(Tally tally, long count) {
        getAndAdd(TALLIES + tally.ordinal(), count);
    }

    long of(Tally tally) {
        return get(TALLIES + tally.ordinal());
    }

    /** Draws the next number; the database's locks on what it will change are held. */
    long draw() {
        long number = getAndAdd(NEXT, 1) + 1;
        if (number >= MAX_NUMBERS) {
            throw new IllegalStateException("The ledger is full");
        }
        return number;
    }

    /** Says that a transaction is about to change a cell to a value. */
    void log(Cell cell, Change change) {
        int log = LOGS + cell.index() * (LOG + 1);
        long position = getAndAdd(log, 1);
        set(log + 1 + (int) (position % LOG), change.packed());
    }

    /** Says that a change is committed. */
    void publish(Cell cell, Change change) {
        int at = PUBLISHED + cell.index();
        for (long known = get(at); known < change.packed(); known = get(at)) {
            if (LONGS.compareAndSet(file, at * 8, known, change.packed())) {
                return;
            }
        }
    }

    /** Returns the newest committed change; read it before a transaction begins. */
    Change published(Cell cell) {
        return Change.unpacked(get(PUBLISHED + cell.index()));
    }

    /** Returns the changes drawn for a cell with numbers above the first and up to the last, newest first. */
    List<Change> changes(Cell cell, long above, long upTo) {
        int log = LOGS + cell.index() * (LOG + 1);
        long end = get(log);
        List<Change> found = new ArrayList<>();
        for (long position = end - 1; position >= Math.max(0, end - LOG); position--) {
            Change change = Change.unpacked(get(log + 1 + (int) (position % LOG)));
            if (change.number() > above && change.number() <= upTo) {
                found.add(change);
            }
        }
        return found;
    }

    boolean isDrawn(long number) {
        return number > 0 && number <= get(NEXT);
    }

    long state(long number) {
        return get(slot(number, STATE));
    }

    /** Adds to what is known of a number; returns what was known before. */
    long mark(long number, long flag) {
        return (long) LONGS.getAndBitwiseOr(file, slot(number, STATE) * 8, flag);
    }

    /** Says that the cache's locks of a number are taken from now on. */
    void guarding(long number) {
        if (get(slot(number, GUARDED_AT)) == 0) {
            set(slot(number, GUARDED_AT), now());
        }
    }

    /** Says that the database's commit of a number has returned. */
    void committed(long number) {
        mark(number, COMMITTED);
        set(slot(number, COMMITTED_AT), now());
    }

    /** Takes note of how long after a change was published another value was still read. */
    void lag(long nanos) {
        long position = getAndAdd(LAGS, 1);
        if (position < MAX_LAGS) {
            set(LAGS + 1 + (int) position, nanos);
        }
    }

    /** Returns these times, the shortest first. */
    long[] lags() {
        long[] lags = new long[(int) Math.min(get(LAGS), MAX_LAGS)];
        for (int i = 0; i < lags.length; i++) {
            lags[i] = get(LAGS + 1 + i);
        }
        Arrays.sort(lags);
        return lags;
    }

    /** Says that the cache has been told the outcome of a number. */
    void released(long number) {
        set(slot(number, RELEASED_AT), now());
    }

    /** Says that what a number could not invalidate has been made good. */
    void healed(long number) {
        set(slot(number, HEALED_AT), now());
    }

    long guardedAt(long number) {
        return get(slot(number, GUARDED_AT));
    }

    /** Returns when the cache was told; 0 for not yet, or never. */
    long releasedAt(long number) {
        return get(slot(number, RELEASED_AT));
    }

    long healedAt(long number) {
        return get(slot(number, HEALED_AT));
    }

    long committedAt(long number) {
        return get(slot(number, COMMITTED_AT));
    }

    /** Returns the last number that was drawn. */
    long drawn() {
        return get(NEXT);
    }

    /** Returns whether Redis was flushed, or is perhaps being flushed, between two moments. */
    boolean flushedBetween(long from, long to) {
        for (int i = 0; i <= get(FLUSHES); i++) {
            long begun = get(FLUSHES + 1 + 2 * i);
            long ended = get(FLUSHES + 2 + 2 * i);
            if (begun != 0 && begun <= to && (ended == 0 || ended >= from)) {
                return true;
            }
        }
        return false;
    }

    /** Says that the server of a process answers, but may be believed for a second at most. */
    void fell(int process) {
        set(FALLS + 2 * process + 1, 0);
        set(FALLS + 2 * process, now());
    }

    /** Says that the server of a process, if it fell, is about to recover. */
    void rises(int process) {
        set(FALLS + 2 * process + 1, now());
    }

    /** Returns how long the server of a process had been down at a moment; negative for not at all. */
    long fallenFor(int process, long at) {
        long fell = get(FALLS + 2 * process);
        long rose = get(FALLS + 2 * process + 1);
        return fell == 0 || (rose != 0 && at - rose >= 0) ? -1 : at - fell;
    }

    /** Says how often the cache of a process has hit. */
    void hits(int process, long count) {
        set(HITS + process, count);
    }

    long hitsOf(int process) {
        return get(HITS + process);
    }

    /** Says that Redis is about to be flushed. */
    void flushing() {
        set(FLUSHES + 1 + 2 * (int) get(FLUSHES), now());
    }

    /** Says that Redis has been flushed. */
    void flushed() {
        int flush = (int) get(FLUSHES);
        set(FLUSHES + 2 + 2 * flush, now());
        set(FLUSHES, flush + 1L);
    }

    /** Returns the host's monotonic clock, which is one for all of its processes. */
    static long now() {
        return System.nanoTime();
    }

    private static int slot(long number, int what) {
        return NUMBERS + (int) number * OF_NUMBER + what;
    }

    private long get(int at) {
        return (long) LONGS.getVolatile(file, at * 8);
    }

    private void set(int at, long value) {
        LONGS.setVolatile(file, at * 8, value);
    }

    private long getAndAdd(int at, long value) {
        return (long) LONGS.getAndAdd(file, at * 8, value);
    }
}
