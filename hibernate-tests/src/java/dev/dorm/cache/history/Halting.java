package dev.dorm.cache.history;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a process may end on the spot, as if killed: right between its locks and its commit, or between its commit and
 * its unlocks.
 *
 * @param oneIn one in so many commits halts at each place; 0 for never
 */
record Halting(int oneIn) {

    boolean beforeCommit() {
        return hit();
    }

    boolean afterCommit() {
        return hit();
    }

    private boolean hit() {
        return oneIn > 0 && ThreadLocalRandom.current().nextInt(oneIn) == 0;
    }

    static void halt() {
        Runtime.getRuntime().halt(137);
    }
}
