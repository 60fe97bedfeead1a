package dev.dorm.cache.differential;

/** The kinds of steps that a generator chooses from. */
enum Choice {
    FIND(4),
    FIND_LOCKED(1),
    REFRESH(1),
    FIND_ALL(1),
    COLLECT(2),
    BY_CODE(1),
    ASK(4),
    SET(5),
    PERSIST(2),
    REMOVE(1),
    DETACH(1),
    MERGE(1),
    LINK(1),
    ADD(2),
    DROP(2),
    REPLACE(1),
    HQL_SET(2),
    HQL_DELETE(1),
    NATIVE_SET(2),
    FLUSH(2),
    CLEAR(1),
    CACHING(1),
    EVICT_ROW(1),
    EVICT_ROWS(1),
    EVICT_COLLECTIONS(1),
    EVICT_QUERIES(1),
    MERGE_NEW(1),
    UPSERT(1),
    ANEW(1),
    HQL_INSERT(1),
    NATIVE_DELETE(1),
    REFERENCE(1),
    LOCK(1),
    ASK_LOCKED(1),
    FILTER(1);

    private final int weight;

    Choice(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }

    /** Whether each program has it. */
    boolean always() {
        return this == FIND || this == SET;
    }
}
