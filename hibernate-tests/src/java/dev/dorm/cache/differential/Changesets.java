package dev.dorm.cache.differential;

/** The numbers of what is kept of the past: a program's steps, so that both runs of it count alike. */
public final class Changesets {

    /** What programs find. */
    static final long SEED = 1;

    private static long current = SEED;

    private Changesets() {}

    static void at(long changeset) {
        current = changeset;
    }

    /**
     * Returns the number of what is written now.
     *
     * @return the number
     */
    public static long current() {
        return current;
    }
}
