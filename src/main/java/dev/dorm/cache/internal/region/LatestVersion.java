package dev.dorm.cache.internal.region;

import java.util.Objects;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Whether an entity still has the version that a cache is told of: it may have been raised since. */
final class LatestVersion {

    private LatestVersion() {}

    static boolean is(
            SharedSessionContractImplementor session,
            @Nullable EntityPersister root,
            @Nullable Object id,
            @Nullable Object version) {
        if (version == null || root == null || id == null) {
            return true;
        }
        PersistenceContext context = session.getPersistenceContextInternal();
        Object instance = context.getEntity(session.generateEntityKey(id, root));
        EntityEntry entry = instance == null ? null : context.getEntry(instance);
        return entry == null || entry.getVersion() == null || Objects.deepEquals(entry.getVersion(), version);
    }
}
