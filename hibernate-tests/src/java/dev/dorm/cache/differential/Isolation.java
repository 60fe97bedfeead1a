package dev.dorm.cache.differential;

import java.sql.Connection;

/** How a transaction is isolated. */
enum Isolation {
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
    /** REPEATABLE READ with one snapshot of all tables, taken at the begin; H2 calls that SNAPSHOT. */
    REPEATABLE_READ(6);

    private final int h2;

    Isolation(int h2) {
        this.h2 = h2;
    }

    int level() {
        return h2;
    }
}
