package dev.dorm.cache.testing;

/**
 * What a test can be served by; fixtures {@link #record()} it from within the running test, so that the build can say
 * how many tests really ran against each.
 */
public enum Served {
    /** The backend in process. */
    LOCMEM("locmem"),
    /** A Redis server. */
    REDIS("Redis"),
    /** The H2 database, in process. */
    H2("H2"),
    /** A PostgreSQL server. */
    POSTGRES("PostgreSQL");

    private final String title;

    Served(String title) {
        this.title = title;
    }

    /**
     * Records that the test that is running uses this; in a {@code @BeforeAll}, that all tests of the class do.
     * Repeating it changes nothing.
     */
    public void record() {
        ServedAccount.OF_THIS_JVM.used(this);
    }

    String title() {
        return title;
    }
}
