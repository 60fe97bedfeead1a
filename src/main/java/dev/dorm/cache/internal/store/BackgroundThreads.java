package dev.dorm.cache.internal.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs each work on a daemon thread of its own, which ends with the JVM: waiting for a backend must block no pool's thread.
 * The JDK's timers are not used: the thread behind them is never ended, and keeps the class loader of who used it first.
 */
final class BackgroundThreads implements Background {

    @Override
    public void later(String name, Duration pause, Runnable work) {
        long due = System.nanoTime() + pause.toNanos();
        thread(name, () -> {
                    for (long rest = pause.toNanos(); rest > 0; rest = due - System.nanoTime()) {
                        LockSupport.parkNanos(rest);
                    }
                    work.run();
                })
                .start();
    }

    @Override
    public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
        Loop loop = new Loop(name, work, end);
        loop.thread.start();
        return loop;
    }

    @Override
    public void await(CompletableFuture<?> done, Duration longest) {
        try {
            done.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whoever waits goes on all the same.
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static final class Loop implements Runnable, Repetition {

        private final Supplier<Duration> work;
        private final Runnable end;
        private final Thread thread;
        private volatile boolean closed;

        private Loop(String name, Supplier<Duration> work, Runnable end) {
            this.work = work;
            this.end = end;
            this.thread = thread(name, this);
        }

        @Override
        public void run() {
            while (!closed) {
                LockSupport.parkNanos(work.get().toNanos());
            }
            end.run();
        }

        @Override
        public void close() {
            closed = true;
            LockSupport.unpark(thread);
        }
    }
}
