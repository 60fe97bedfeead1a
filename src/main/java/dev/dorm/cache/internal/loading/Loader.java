package dev.dorm.cache.internal.loading;

import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** A session that has missed something, and is going to load it. Used by one thread at a time. */
public interface Loader {

    /** Returns Hibernate's session. */
    SharedSessionContractImplementor session();

    /** Returns whether it works in a transaction, with whose completion its loads end. */
    boolean inTransaction();

    /** Returns whether nobody can be waiting for it: it holds no connection and no lock, and has written nothing. */
    boolean mayWait();

    /** Returns what it loads now. */
    OpenLoads loads();
}
