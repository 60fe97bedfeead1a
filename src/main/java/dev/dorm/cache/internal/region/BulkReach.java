package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.row.CachedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.jspecify.annotations.Nullable;

/**
 * What a bulk write to entities reaches besides their rows: the collections that they own, which a bulk delete takes along
 * ({@code BulkOperationCleanupAction} names only those that the entity is an element of), so that whoever is inserted later
 * under the same id would be given those of the deleted one; and what the mapping says.
 */
final class BulkReach {

    private final Function<EntityDataAccess, List<CachedRows>> mapping;
    private volatile @Nullable List<CachedRows> known;

    /** Creates a reach that asks the mapping when all regions are there, and then no more. */
    BulkReach(Function<EntityDataAccess, List<CachedRows>> mapping) {
        this.mapping = mapping;
    }

    /** Returns the rows of the entities themselves, and what is reached besides. */
    List<CachedRows> of(EntityDataAccess written, CachedRows own) {
        List<CachedRows> reached = known;
        if (reached == null) {
            reached = mapping.apply(written);
            known = reached;
        }
        List<CachedRows> all = new ArrayList<>(reached);
        all.add(0, own);
        return all;
    }
}
