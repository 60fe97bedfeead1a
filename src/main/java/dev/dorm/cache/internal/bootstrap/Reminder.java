package dev.dorm.cache.internal.bootstrap;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Says something when a while has passed, unless it is closed before. */
final class Reminder implements Runnable, AutoCloseable {

    private final Duration pause;
    private final Runnable saying;
    private final Thread thread;
    private volatile boolean closed;

    private Reminder(Duration pause, Runnable saying) {
        this.pause = pause;
        this.saying = saying;
        this.thread = new Thread(this, "dorm-reminder");
        thread.setDaemon(true);
    }

    /** Begins to wait, on a thread that ends when the reminder is closed: one of the JDK's would keep its class loader. */
    static Reminder after(Duration pause, Runnable saying) {
        Reminder reminder = new Reminder(pause, saying);
        reminder.thread.start();
        return reminder;
    }

    @Override
    public void run() {
        long due = System.nanoTime() + pause.toNanos();
        for (long rest = pause.toNanos(); rest > 0 && !closed; rest = due - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
        if (!closed) {
            saying.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
