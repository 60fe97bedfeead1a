package dev.dorm.cache.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Something that waits: it has a thread, which runs only while the scheduler stands still. */
final class Actor {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulation");
        thread.setDaemon(true);
        return thread;
    });

    private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();

    /** Ends an actor where it stands. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        private Killed() {
            super("killed", null, false, false);
        }
    }

    private final String name;
    private final Semaphore mine = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private final Runnable body;
    private final LongSupplier notBefore;
    private boolean begun;
    private boolean ended;
    private boolean killed;

    private @Nullable BooleanSupplier waitsFor;

    /** What it failed with, which nobody expected. */
    private @Nullable Throwable failure;

    Actor(String name, Runnable body, LongSupplier notBefore) {
        this.name = name;
        this.body = body;
        this.notBefore = notBefore;
    }

    /** Returns before which time it does not go on. */
    long notBefore() {
        return notBefore.getAsLong();
    }

    /** Returns the actor that runs now; null when it is the scheduler. */
    static @Nullable Actor current() {
        return CURRENT.get();
    }

    String name() {
        return name;
    }

    boolean ended() {
        return ended;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Lets it run until it waits or ends. */
    void resume() {
        if (ended) {
            return;
        }
        if (begun) {
            mine.release();
        } else {
            begun = true;
            THREADS.execute(this::run);
        }
        back.acquireUninterruptibly();
    }

    private void run() {
        CURRENT.set(this);
        try {
            body.run();
        } catch (Killed e) {
            // As intended.
        } catch (Throwable e) {
            failure = e;
        } finally {
            CURRENT.remove();
            ended = true;
            back.release();
        }
    }

    /** Gives the turn back, until something is so. */
    void waitFor(BooleanSupplier condition) {
        waitsFor = condition;
        while (!condition.getAsBoolean()) {
            park();
        }
        waitsFor = null;
    }

    /** Returns whether what it waits for is so, if it waits for something. */
    boolean mayGoOn() {
        BooleanSupplier condition = waitsFor;
        return !ended && (condition == null || condition.getAsBoolean());
    }

    /** Gives the turn back, until {@link #resume}. */
    void park() {
        if (killed) {
            throw new Killed();
        }
        back.release();
        mine.acquireUninterruptibly();
        if (killed) {
            throw new Killed();
        }
    }

    /** Ends it: where it waits, it goes no further. */
    void kill() {
        if (ended) {
            return;
        }
        killed = true;
        if (begun) {
            resume();
        } else {
            ended = true;
        }
    }

    boolean killed() {
        return killed;
    }
}
