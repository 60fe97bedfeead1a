package dev.dorm.cache.internal.query;

import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** Announces what Hibernate reads with an entity beside its own row. */
@FunctionalInterface
public interface Announcer {

    /**
     * Announces it.
     *
     * @param session the session that reads
     * @param id the entity's id
     */
    void announce(SharedSessionContractImplementor session, Object id);
}
