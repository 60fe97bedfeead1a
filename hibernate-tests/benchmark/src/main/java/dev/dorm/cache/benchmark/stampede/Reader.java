package dev.dorm.cache.benchmark.stampede;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.SessionFactory;

/** A thread that reads the same again and again, each time in a session and transaction of its own. */
final class Reader extends Thread {

    /** Between two reads, on average: else so many threads would only measure how many cores there are. */
    static final int PAUSE_MILLIS = 100;

    /** One failure of each process is told. */
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final SessionFactory factory;
    private final HotRead what;
    private volatile boolean stopped;

    private long reads;
    private long failed;
    private long longestNanos;
    private long begin;
    private boolean underWay;

    Reader(SessionFactory factory, HotRead what) {
        this.factory = factory;
        this.what = what;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                begin();
                end(succeeds());
                Thread.sleep(ThreadLocalRandom.current().nextInt(2 * PAUSE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean succeeds() {
        try {
            factory.inTransaction(what::read);
            return true;
        } catch (RuntimeException e) {
            if (TOLD.compareAndSet(false, true)) {
                e.printStackTrace();
            }
            return false;
        }
    }

    private synchronized void begin() {
        begin = System.nanoTime();
        underWay = true;
    }

    private synchronized void end(boolean success) {
        longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
        underWay = false;
        if (success) {
            reads++;
        } else {
            failed++;
        }
    }

    /** Returns what it has done since it was asked last; statements and outages are counted elsewhere. */
    synchronized Tally tally() {
        long longest = underWay ? Math.max(longestNanos, System.nanoTime() - begin) : longestNanos;
        Tally tally = new Tally(0, 0, reads, failed, TimeUnit.NANOSECONDS.toMillis(longest));
        reads = 0;
        failed = 0;
        longestNanos = 0;
        return tally;
    }

    /** Lets it come to its end after the read that is under way. */
    void finish() {
        stopped = true;
    }
}
