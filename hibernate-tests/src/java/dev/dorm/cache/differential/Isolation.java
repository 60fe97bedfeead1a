package dev.dorm.cache.differential;

/** How a transaction is isolated. */
enum Isolation {
    READ_COMMITTED,
    /** REPEATABLE READ with one snapshot of all tables, taken at the begin. */
    REPEATABLE_READ
}
