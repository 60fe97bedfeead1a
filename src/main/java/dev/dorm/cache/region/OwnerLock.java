package dev.dorm.cache.region;

import dev.dorm.cache.coherence.CachedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.cache.spi.access.SoftLock;

/**
 * The locks on all rows of an entity hierarchy and of the collections that it owns.
 *
 * <p>A bulk delete takes the collections of the deleted along, and Hibernate does not say so ({@code
 * BulkOperationCleanupAction} names only the collections that the entity is an element of): whoever is inserted later
 * under the same id would be given the collections of the deleted one.
 */
record OwnerLock(Map<CachedRows, SoftLock> locks) implements SoftLock {

    static OwnerLock ask(CachedRows entity, List<CachedRows> collections) {
        Map<CachedRows, SoftLock> locks = new LinkedHashMap<>();
        locks.put(entity, entity.lockAll());
        collections.forEach(collection -> locks.put(collection, collection.lockAll()));
        return new OwnerLock(locks);
    }

    void release() {
        locks.forEach(CachedRows::unlockAll);
    }
}
