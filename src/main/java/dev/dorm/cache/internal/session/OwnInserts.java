package dev.dorm.cache.internal.session;

import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.EntityKey;

/**
 * Entities that a transaction has inserted, so that nobody else has ever seen their rows. Of more than 10,000 the others
 * are not remembered, and count as rows that were there before. Used by one thread at a time.
 */
public final class OwnInserts {

    private static final int MAX = 10_000;

    private Set<EntityKey> inserted = Set.of();

    OwnInserts() {}

    /**
     * Takes note that an entity was inserted.
     *
     * @param entity its key
     */
    public void add(EntityKey entity) {
        if (inserted.size() < MAX) {
            inserted = inserted.isEmpty() ? new HashSet<>() : inserted;
            inserted.add(entity);
        }
    }

    /**
     * Returns whether an entity is known to have been inserted by this transaction.
     *
     * @param entity its key
     * @return false also for one that is not remembered
     */
    public boolean contain(EntityKey entity) {
        return inserted.contains(entity);
    }

    void clear() {
        inserted = Set.of();
    }
}
