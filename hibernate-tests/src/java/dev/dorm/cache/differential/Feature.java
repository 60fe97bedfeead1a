package dev.dorm.cache.differential;

/** What programs may be about, beside entities and setups. */
enum Feature {
    CHILD_SESSION,
    OWN_CONNECTION,
    STATELESS,
    FORCE_INCREMENT,
    NATIVE_ROWS,
    FETCH,
    FETCH_PAGE,
    SAME_SQL
}
