package dev.dorm.cache.benchmark;

/**
 * How long everything is measured.
 *
 * @param rounds how many turns each subject takes at a scenario
 * @param millis how long one turn is
 * @param warmupMillis how long it warms up before the first one, where nothing of it has run yet
 */
public record Pace(int rounds, long millis, long warmupMillis) {

    /** What is published. */
    public static final Pace FULL = new Pace(4, 250, 1000);

    /** Less precise. */
    public static final Pace QUICK = new Pace(2, 80, 200);

    /** Shows that everything works, and nothing else. */
    public static final Pace SMOKE = new Pace(1, 20, 0);

    /** Returns how many turns a scenario has. */
    int rounds(Scenario scenario) {
        if (scenario == Scenario.EVICT_10000) {
            return rounds > 2 ? 3 : 1;
        }
        return scenario.judged() && rounds > 1 ? 2 * rounds + 1 : rounds;
    }

    /** Returns how long it warms up in a place: elsewhere the code that runs is mostly the same. */
    long warmupMillis(Scenario scenario, Place place) {
        long millis = place == Place.H2_NEAR ? warmupMillis : warmupMillis / 3;
        if (scenario == Scenario.EVICT_10000) {
            return 0;
        }
        return scenario.judged() ? 5 * millis : millis;
    }
}
