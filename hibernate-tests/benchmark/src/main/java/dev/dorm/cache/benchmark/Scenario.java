package dev.dorm.cache.benchmark;

/** What is done, in a session and a transaction of its own. */
enum Scenario {
    SESSION("empty session", 1, false),
    HIT("hit, READ_WRITE", 1, true),
    HIT_READ_ONLY("hit, READ_ONLY", 1, false),
    HIT_NONSTRICT("hit, NONSTRICT_READ_WRITE", 1, false),
    HIT_TRANSACTIONAL("hit, TRANSACTIONAL", 1, false),
    HIT_2_THREADS("hit, 2 threads", 2, false),
    HIT_8_THREADS("hit, 8 threads", 8, false),
    NATURAL_ID("natural id", 1, false),
    MISS_AND_PUT("miss and put", 1, false),
    UPDATE_1("update of 1", 1, false),
    UPDATE_10("update of 10", 1, false),
    UPDATE_50("update of 50", 1, true),
    QUERY_1_TABLE("query hit, 50 entities, 1 table", 1, false),
    QUERY_4_TABLES("query hit, 50 entities, 4 tables", 1, false),
    QUERY_OF_CACHED_1_TABLE("query hit, 50 cached entities, 1 table", 1, true),
    QUERY_OF_CACHED_4_TABLES("query hit, 50 cached entities, 4 tables", 1, false),
    COLLECTION_100("collection of 100", 1, true),
    IDS_100("100 ids at once", 1, false),
    FIND_ALL_100("100 ids, DormCache.findAll", 1, false),
    EVICT_10000("evict a region of 10,000", 1, false),
    RAW_MGET("Redisson MGET of two keys", 1, true),
    RAW_GET("Lettuce GET", 1, true);

    private final String title;
    private final int threads;
    private final boolean judged;

    Scenario(String title, int threads, boolean judged) {
        this.title = title;
        this.threads = threads;
        this.judged = judged;
    }

    String title() {
        return title;
    }

    int threads() {
        return threads;
    }

    /** Returns whether a target is about it, so that it is measured more often. */
    boolean judged() {
        return judged;
    }

    boolean raw() {
        return this == RAW_MGET || this == RAW_GET;
    }

    /** Returns whether the cache answers, so that no statement may reach the database. */
    boolean hits() {
        return switch (this) {
            case SESSION, MISS_AND_PUT, UPDATE_1, UPDATE_10, UPDATE_50, EVICT_10000, RAW_MGET, RAW_GET -> false;
            default -> true;
        };
    }

    /** Returns whether it is measured for a subject in a place. */
    boolean concerns(Subject subject, Place place) {
        if (raw() != (subject == Subject.FLOOR)) {
            return false;
        }
        if (place == Place.H2_FAR && !subject.usesRedis() && subject != Subject.NONE) {
            return false;
        }
        return switch (this) {
            case FIND_ALL_100 -> subject.ours();
            case EVICT_10000 -> place == Place.H2_NEAR && subject != Subject.NONE;
            case HIT_2_THREADS, HIT_8_THREADS -> place == Place.H2_NEAR;
            case RAW_MGET, RAW_GET -> place != Place.POSTGRES_FAR;
            default -> true;
        };
    }
}
