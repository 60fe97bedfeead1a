package dev.dorm.cache.internal.store;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Keeps work until a test runs it. */
final class BackgroundWork implements Background {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public void later(String name, Duration pause, Runnable work) {
        waiting.add(work);
    }

    @Override
    public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void await(CompletableFuture<?> done, Duration longest) {
        throw new UnsupportedOperationException("nothing is under way");
    }

    /** Runs what waits first, if anything does; returns whether it did. */
    boolean next() {
        Runnable work = waiting.poll();
        if (work != null) {
            work.run();
        }
        return work != null;
    }
}
