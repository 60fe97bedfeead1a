package dev.dorm.cache.differential;

import org.hibernate.Version;

/** What kind of session begins. */
enum Mode {
    STATEFUL,
    STATELESS,
    /** On a connection that the application brought, and whose snapshot it had taken before. */
    OWN_CONNECTION,
    /** Another tenant's. */
    OTHER_TENANT,
    /** Without a transaction: each statement commits by itself. */
    LOOSE,
    LOOSE_STATELESS;

    boolean stateless() {
        return this == STATELESS || this == LOOSE_STATELESS;
    }

    /** Hibernate 6.6 lets stateless sessions write past the second-level cache. */
    boolean comparable() {
        return !stateless() || !Version.getVersionString().startsWith("6.");
    }

    boolean loose() {
        return this == LOOSE || this == LOOSE_STATELESS;
    }

    String tenant() {
        return this == OTHER_TENANT ? "two" : "one";
    }
}
