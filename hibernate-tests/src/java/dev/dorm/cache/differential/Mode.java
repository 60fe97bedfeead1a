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
    LOOSE_STATELESS,
    /** Which reads what was there before the program's first step. */
    PAST,
    PAST_STATELESS;

    boolean stateless() {
        return this == STATELESS || this == LOOSE_STATELESS || this == PAST_STATELESS;
    }

    boolean past() {
        return this == PAST || this == PAST_STATELESS;
    }

    /** Hibernate 6.6 lets stateless sessions write past the second-level cache, and none before 7.4 reads the past. */
    boolean comparable() {
        return (!stateless() || !Version.getVersionString().startsWith("6.")) && (!past() || Annals.areKnown());
    }

    boolean loose() {
        return this == LOOSE || this == LOOSE_STATELESS;
    }

    String tenant() {
        return this == OTHER_TENANT ? "two" : "one";
    }
}
