package dev.dorm.cache.benchmark;

import java.util.List;

/** What is done, in a session and a transaction of its own. */
enum Scenario {
    SESSION("empty session", 1, false),
    HIT("hit, READ_WRITE", 1, true),
    HIT_READ_ONLY("hit, READ_ONLY", 1, false),
    HIT_NONSTRICT("hit, NONSTRICT_READ_WRITE", 1, false),
    HIT_TRANSACTIONAL("hit, TRANSACTIONAL", 1, false),
    HIT_2_THREADS("hit, 2 threads", 2, false),
    HIT_8_THREADS("hit, 8 threads", 8, true),
    HIT_64_THREADS("hit, 64 threads", 64, false),
    HIT_1000_VIRTUAL_THREADS("hit, 1,000 virtual threads", 1_000, false),
    NATURAL_ID("natural id", 1, false),
    NATURAL_ID_ENTITY("natural id, and its entity", 1, true),
    MISS_AND_PUT("miss and put", 1, true),
    UPDATE_1("update of 1", 1, true),
    UPDATE_10("update of 10", 1, false),
    UPDATE_50("update of 50", 1, true),
    QUERY_1_TABLE("query hit, 50 entities, 1 table", 1, true),
    QUERY_4_TABLES("query hit, 50 entities, 4 tables", 1, false),
    QUERY_OF_CACHED_1_TABLE("query hit, 50 cached entities, 1 table", 1, true),
    QUERY_OF_CACHED_4_TABLES("query hit, 50 cached entities, 4 tables", 1, false),
    COLLECTION_100("collection of 100, EAGER", 1, true),
    LAZY_COLLECTION_100("collection of 100, lazy", 1, false),
    IDS_100("100 ids at once", 1, true),
    FIND_ALL_100("100 ids, DormCache.findAll", 1, false),
    EVICT_10000("evict a region of 10,000", 1, false),
    RAW_MGET("Redisson MGET of two keys", 1, true),
    RAW_GET("Lettuce GET", 1, true),
    RAW_MGET_100("Redisson MGET of 100 keys", 1, true),
    RAW_SCRIPT("Redisson EVALSHA that sets a key", 1, true),
    RAW_SET_50("Redisson batch of 50 SET", 1, true),
    RAW_GET_8_THREADS("Lettuce GET, 8 threads", 8, false),
    RAW_GET_64_THREADS("Lettuce GET, 64 threads", 64, false),
    RAW_GET_1000_VIRTUAL_THREADS("Lettuce GET, 1,000 virtual threads", 1_000, false),
    RAW_POOLED_GET("Redisson GET", 1, true),
    RAW_POOLED_GET_8_THREADS("Redisson GET, 8 threads", 8, false),
    RAW_POOLED_GET_64_THREADS("Redisson GET, 64 threads", 64, false),
    RAW_POOLED_GET_1000_VIRTUAL_THREADS("Redisson GET, 1,000 virtual threads", 1_000, false);

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
        return name().startsWith("RAW_");
    }

    /** Returns what nothing over Redis can do it faster than; it is measured in the same turns. */
    List<Scenario> floors() {
        return switch (this) {
            case HIT -> List.of(RAW_MGET, RAW_GET, RAW_POOLED_GET);
            case HIT_8_THREADS -> List.of(RAW_GET_8_THREADS, RAW_POOLED_GET_8_THREADS);
            case HIT_64_THREADS -> List.of(RAW_GET_64_THREADS, RAW_POOLED_GET_64_THREADS);
            case HIT_1000_VIRTUAL_THREADS -> List.of(RAW_GET_1000_VIRTUAL_THREADS, RAW_POOLED_GET_1000_VIRTUAL_THREADS);
            case NATURAL_ID_ENTITY, MISS_AND_PUT, QUERY_1_TABLE -> List.of(RAW_MGET);
            case COLLECTION_100 -> List.of(RAW_MGET_100);
            case UPDATE_1 -> List.of(RAW_SCRIPT);
            case UPDATE_50 -> List.of(RAW_SET_50);
            default -> List.of();
        };
    }

    /** Returns whether its threads are virtual, which takes a JDK of 21 or later. */
    boolean virtual() {
        return name().endsWith("_VIRTUAL_THREADS");
    }

    /** Returns whether the cache answers, so that no statement may reach the database. */
    boolean hits() {
        return switch (this) {
            case SESSION, MISS_AND_PUT, UPDATE_1, UPDATE_10, UPDATE_50, EVICT_10000 -> false;
            default -> !raw();
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
        if (raw()) {
            return place != Place.POSTGRES_FAR;
        }
        return switch (this) {
            case FIND_ALL_100 -> subject.ours();
            case EVICT_10000 -> place == Place.H2_NEAR && subject != Subject.NONE;
            case HIT_2_THREADS -> place == Place.H2_NEAR;
            case HIT_8_THREADS, HIT_64_THREADS -> place != Place.POSTGRES_FAR;
            // Virtual threads that wait for nothing do not take turns.
            case HIT_1000_VIRTUAL_THREADS ->
                place != Place.POSTGRES_FAR && (subject == Subject.REDIS || subject == Subject.REDISSON);
            default -> true;
        };
    }
}
