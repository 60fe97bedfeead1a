package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.row.Written;
import dev.dorm.cache.internal.type.EntityColumns;
import java.util.Map;
import java.util.Objects;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** What an UPDATE has written of an entity. */
record EntityWritten(PostUpdateEvent event, EntityColumns columns, SharedSessionContractImplementor session)
        implements Written {

    @Override
    public boolean whole() {
        EntityEntry entry = session().getPersistenceContextInternal().getEntry(event.getEntity());
        return entry != null
                // Of an entity that is read-only only the changes are written.
                && entry.isModifiableEntity()
                && !event.getPersister().hasUninitializedLazyProperties(event.getEntity())
                && columns.givesUpdated(event.getState(), event.getDirtyProperties(), session());
    }

    @Override
    public boolean exact() {
        Object[] before = event.getOldState();
        return before != null && columns.givesChanged(before, event.getState(), event.getDirtyProperties(), session());
    }

    @Override
    public Object @Nullable [] before() {
        return event.getOldState();
    }

    @Override
    public Object[] after() {
        return event.getState();
    }

    @Override
    public boolean beganWith(Object entry) {
        Object[] before = event.getOldState();
        if (before == null) {
            return false;
        }
        EntityPersister entity = event.getPersister();
        CacheEntry then = entity.buildCacheEntry(event.getEntity(), before, null, session());
        if (entry instanceof CacheEntry taken) {
            return taken.getSubclass().equals(then.getSubclass())
                    && Objects.deepEquals(taken.getDisassembledState(), then.getDisassembledState());
        }
        return entry instanceof Map<?, ?> taken && isSame(taken, then, entity.getPropertyNames());
    }

    private static boolean isSame(Map<?, ?> taken, CacheEntry then, String[] names) {
        for (int i = 0; i < names.length; i++) {
            if (!Objects.deepEquals(taken.get(names[i]), then.getDisassembledState()[i])) {
                return false;
            }
        }
        return true;
    }
}
