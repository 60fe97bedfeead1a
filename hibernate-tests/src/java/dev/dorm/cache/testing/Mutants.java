package dev.dorm.cache.testing;

/** How many mutants a test tries, and which: the properties {@code dorm.mutants} and {@code dorm.mutants.seed}. */
public final class Mutants {

    private Mutants() {}

    /**
     * Returns how many are tried.
     *
     * @return 60,000 unless asked for more
     */
    public static int count() {
        return Integer.getInteger("dorm.mutants", 60_000);
    }

    /**
     * Returns the seed of the sequence.
     *
     * @return 1 unless said otherwise
     */
    public static long seed() {
        return Long.getLong("dorm.mutants.seed", 1);
    }

    /**
     * Says what was tried, and what came of it.
     *
     * @param what the mutants
     * @param count how many
     * @param millis how long it took
     * @param verdicts what came of them
     */
    public static void print(String what, int count, long millis, String verdicts) {
        System.out.printf("Mutants (%s): %,d with seed %d in %,d ms: %s%n", what, count, seed(), millis, verdicts);
    }
}
