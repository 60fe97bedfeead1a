package dev.dorm.cache.internal.region;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import org.hibernate.engine.spi.IdentifierValue;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.internal.BasicEntityIdentifierMappingImpl;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when Hibernate asks for a row only to learn whether an entity that is persisted is new
 * ({@code AbstractEntityPersister.isTransient}).
 *
 * <p>Hibernate says so to nobody. But right before, it asks what the id tells by itself, and asks the cache only when that
 * is nothing: so each cached entity's strategy for ids is put into one that takes note. Where it cannot be replaced, as for
 * composite ids, the stack has to be walked, which costs more than the rest of a hit.
 */
public final class TransientChecks {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final String STRATEGY = "unsavedStrategy";

    /** The id that a strategy of this thread could tell nothing of, until the next row is asked for. */
    private static final ThreadLocal<@Nullable WeakReference<Object>> ASKED = new ThreadLocal<>();

    private TransientChecks() {}

    /**
     * Takes note from now on.
     *
     * @param factory the session factory, complete
     */
    public static void watch(SessionFactoryImplementor factory) {
        try {
            Field field = BasicEntityIdentifierMappingImpl.class.getDeclaredField(STRATEGY);
            field.setAccessible(true);
            factory.getMappingMetamodel().forEachEntityDescriptor(entity -> watch(field, entity));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("Hits cost a walk of the stack: Hibernate's strategy for ids cannot be replaced", e);
        }
    }

    private static void watch(Field field, EntityPersister entity) {
        EntityIdentifierMapping ids = entity.getIdentifierMapping();
        if (!(ids instanceof BasicEntityIdentifierMappingImpl) || !entity.canReadFromCache() || isWatched(entity)) {
            return;
        }
        try {
            field.set(ids, new Watching(ids.getUnsavedStrategy()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether {@link #isAsked} knows of an entity's ids. */
    static boolean isWatched(EntityPersister entity) {
        return entity.getIdentifierMapping().getUnsavedStrategy() instanceof Watching;
    }

    /** Returns whether the row of this very id is asked for only to learn whether an entity is new; once. */
    static boolean isAsked(Object id) {
        WeakReference<Object> asked = ASKED.get();
        if (asked == null) {
            return false;
        }
        ASKED.remove();
        return asked.get() == id;
    }

    /** As the strategy it stands for, and takes note of what that cannot tell. */
    private static final class Watching extends IdentifierValue {

        private final IdentifierValue strategy;

        Watching(IdentifierValue strategy) {
            this.strategy = strategy;
        }

        @Override
        public @Nullable Boolean isUnsaved(@Nullable Object id) {
            Boolean unsaved = strategy.isUnsaved(id);
            if (unsaved == null && id != null) {
                ASKED.set(new WeakReference<>(id));
            }
            return unsaved;
        }

        @Override
        public @Nullable Object getDefaultValue(@Nullable Object currentValue) {
            return strategy.getDefaultValue(currentValue);
        }

        @Override
        public String toString() {
            return strategy.toString();
        }
    }
}
