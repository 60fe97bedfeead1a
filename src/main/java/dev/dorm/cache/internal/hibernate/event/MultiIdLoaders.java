package dev.dorm.cache.internal.hibernate.event;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.loader.ast.spi.MultiIdEntityLoader;
import org.hibernate.loader.ast.spi.MultiIdLoadOptions;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which ids a multi-load ({@code Session.findMultiple}, {@code byMultipleIds}) is going to ask for.
 *
 * <p>Hibernate: {@code AbstractMultiIdEntityLoader} asks the cache for one after the other and says to nobody which are to
 * come, so each cached entity's loader ({@code AbstractEntityPersister.multiIdLoader}) is put into one that does. Its method's
 * last parameter is an {@code EventSource} in 6.6 and a {@code SharedSessionContractImplementor} from 7.0 on: hence a dynamic
 * proxy. Where the loader cannot be replaced, multi-loads cost a round trip for each id.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code PrefetchIT#manyIdsCostOne} stays green without it.
 */
public final class MultiIdLoaders {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final String LOADER = "multiIdLoader";

    private MultiIdLoaders() {}

    /** Is told of multi-loads that look into the cache. */
    public interface Listener {

        void begins(SharedSessionContractImplementor session);

        void loads(SharedSessionContractImplementor session, EntityPersister entity, Object id);

        void ends(SharedSessionContractImplementor session);
    }

    /**
     * Tells of the multi-loads of all cached entities.
     *
     * @param factory the session factory, complete
     * @param listener is told
     */
    public static void tell(SessionFactoryImplementor factory, Listener listener) {
        try {
            Field field = AbstractEntityPersister.class.getDeclaredField(LOADER);
            field.setAccessible(true);
            factory.getMappingMetamodel().forEachEntityDescriptor(entity -> replace(field, entity, listener));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("Multi-loads cost a round trip for each id: Hibernate's loader cannot be replaced", e);
        }
    }

    private static void replace(Field field, EntityPersister entity, Listener listener) {
        if (!(entity instanceof AbstractEntityPersister) || !entity.canReadFromCache()) {
            return;
        }
        try {
            if (field.get(entity) instanceof MultiIdEntityLoader<?> loader) {
                field.set(
                        entity,
                        Proxy.newProxyInstance(
                                MultiIdEntityLoader.class.getClassLoader(),
                                new Class<?>[] {MultiIdEntityLoader.class},
                                telling(loader, entity, listener)));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InvocationHandler telling(MultiIdEntityLoader<?> loader, EntityPersister entity, Listener listener) {
        return (proxy, method, arguments) -> {
            if (arguments == null
                    || arguments.length != 3
                    || !(arguments[0] instanceof Object[] ids)
                    || !(arguments[1] instanceof MultiIdLoadOptions options)
                    || !(arguments[2] instanceof SharedSessionContractImplementor session)
                    || !options.isSecondLevelCacheCheckingEnabled()) {
                return load(loader, method, arguments);
            }
            listener.begins(session);
            try {
                for (Object id : ids) {
                    Object coerced = coerced(entity, id);
                    if (coerced != null) {
                        listener.loads(session, entity, coerced);
                    }
                }
                return load(loader, method, arguments);
            } finally {
                listener.ends(session);
            }
        };
    }

    /** As Hibernate coerces ids to their attribute's type; one that it will complain of is not told. */
    private static @Nullable Object coerced(EntityPersister entity, @Nullable Object id) {
        Class<?> type = entity.getIdentifierType().getReturnedClass();
        if (id == null || type.isInstance(id)) {
            return id;
        }
        return id instanceof Number number && Number.class.isAssignableFrom(type) ? number(number, type) : null;
    }

    private static @Nullable Object number(Number id, Class<?> type) {
        if (type == Long.class) {
            return id.longValue();
        }
        return type == Integer.class ? (Object) id.intValue() : null;
    }

    private static @Nullable Object load(
            MultiIdEntityLoader<?> loader, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(loader, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
