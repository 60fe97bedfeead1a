package dev.dorm.cache.differential;

/** What programs may be about, beside entities, setups, sessions and kinds of steps. */
enum Feature {
    CHILD_SESSION,
    PAST_CHILD_SESSION,
    FORCE_INCREMENT,
    NATIVE_ROWS,
    FETCH,
    FETCH_PAGE,
    SAME_SQL,
    STATELESS_QUERY,
    SHARED_BY_TENANTS
}
