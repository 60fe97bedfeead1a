package dev.dorm.cache.internal.hibernate.caller;

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
 * Whether a row is asked for only to learn if an entity that is persisted is new. One that may be stale must not say that it
 * is there already, and so detached; told of nothing, Hibernate asks the database.
 *
 * <p>Hibernate: {@code AbstractEntityPersister.isTransient} asks the cache by the call that a load makes. But right before,
 * it asks what the id tells by itself ({@code IdentifierValue.isUnsaved}), and asks the cache only when that is nothing: so
 * each cached entity's strategy for ids ({@code BasicEntityIdentifierMappingImpl.unsavedStrategy}) is put into one that takes
 * note. Where it cannot be replaced, as for composite ids, the stack has to be walked, which costs more than the rest of a
 * hit.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code TransientChecksIT#whatIsCachedDoesNotSayThatAnEntityIsThere} stays green without it.
 */
public final class TransientChecks {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final String STRATEGY = "unsavedStrategy";

    /** Between here and who asks stands {@code CacheHelper}, with a few frames. */
    private static final int NEAR = 10;

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

    /**
     * Returns whether a row is asked for by such a check. Only an id that does not tell by itself whether its entity is new
     * lets Hibernate ask the cache.
     *
     * @param entity the root of the row's entity hierarchy, if it is known
     * @param id the row's id, if it is known
     */
    public static boolean areAsking(@Nullable EntityPersister entity, @Nullable Object id) {
        if (entity != null && id != null) {
            if (isWatched(entity)) {
                return isAsked(id);
            }
            if (entity.getIdentifierMapping().getUnsavedStrategy().isUnsaved(id) != null) {
                return false;
            }
        }
        return Callers.any(
                NEAR,
                frame -> frame.getMethodName().equals("isTransient")
                        && frame.getClassName().endsWith("EntityPersister"));
    }

    /** Returns whether an entity's strategy takes note. */
    public static boolean isWatched(EntityPersister entity) {
        return entity.getIdentifierMapping().getUnsavedStrategy() instanceof Watching;
    }

    /** Returns whether the row of this very id is asked for only to learn whether an entity is new; once. */
    private static boolean isAsked(Object id) {
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
