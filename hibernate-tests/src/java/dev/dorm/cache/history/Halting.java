package dev.dorm.cache.history;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a process ends on the spot, as if killed: right between its locks and its commit, or between its commit and its
 * unlocks. Thread-safe.
 */
final class Halting {

    /** What the JVM says of a process that was killed. */
    static final int KILLED = 137;

    private final int beforeCommit;
    private final int afterCommit;
    private final AtomicInteger commits = new AtomicInteger();

    /**
     * Says when to halt.
     *
     * @param beforeCommit before which commit of this process; 0 for none
     * @param afterCommit after which commit
     */
    Halting(int beforeCommit, int afterCommit) {
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
    }

    /** Counts a commit of a transaction that writes; returns whether to halt before it. */
    boolean beforeCommit() {
        return commits.incrementAndGet() == beforeCommit;
    }

    boolean afterCommit() {
        return commits.get() == afterCommit;
    }

    static void halt() {
        Runtime.getRuntime().halt(KILLED);
    }
}
