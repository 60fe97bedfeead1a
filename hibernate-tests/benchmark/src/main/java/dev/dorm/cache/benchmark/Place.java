package dev.dorm.cache.benchmark;

/** Where the database and Redis are. */
enum Place {
    /** Nothing but the cache's own cost. */
    H2_NEAR("H2 in the process, Redis on loopback"),
    /** What a network between the application and Redis adds. */
    H2_FAR("H2 in the process, Redis 0.5 ms away"),
    /** What a user gains, or loses. */
    POSTGRES_FAR("PostgreSQL and Redis 0.5 ms away");

    private final String title;

    Place(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean far() {
        return this != H2_NEAR;
    }
}
