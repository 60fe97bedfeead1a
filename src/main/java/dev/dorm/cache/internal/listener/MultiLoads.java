package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.region.Announcements;
import dev.dorm.cache.internal.session.SessionContext;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
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
 * Announces the ids of a multi-load ({@code Session.findMultiple}, {@code byMultipleIds}).
 *
 * <p>Hibernate asks the cache for one after the other and says to nobody which are to come
 * ({@code AbstractMultiIdEntityLoader}), so each cached entity's loader is put into one that does. Its method's last
 * parameter is an {@code EventSource} in Hibernate 6 and a {@code SharedSessionContractImplementor} in 7: hence a
 * dynamic proxy. Where the loader cannot be replaced, multi-loads cost a round trip for each id.
 */
public final class MultiLoads {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final String LOADER = "multiIdLoader";

    private MultiLoads() {}

    /**
     * Lets the multi-loads of all cached entities announce their ids.
     *
     * @param factory the session factory, complete
     * @param codecs how keys are rendered
     */
    public static void announce(SessionFactoryImplementor factory, Supplier<Codecs> codecs) {
        try {
            Field field = AbstractEntityPersister.class.getDeclaredField(LOADER);
            field.setAccessible(true);
            factory.getMappingMetamodel().forEachEntityDescriptor(entity -> replace(field, entity, codecs));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("Multi-loads cost a round trip for each id: Hibernate's loader cannot be replaced", e);
        }
    }

    private static void replace(Field field, EntityPersister entity, Supplier<Codecs> codecs) {
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
                                announcing(loader, entity, codecs)));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InvocationHandler announcing(
            MultiIdEntityLoader<?> loader, EntityPersister entity, Supplier<Codecs> codecs) {
        return (proxy, method, arguments) -> {
            if (arguments == null
                    || arguments.length != 3
                    || !(arguments[0] instanceof Object[] ids)
                    || !(arguments[1] instanceof MultiIdLoadOptions options)
                    || !(arguments[2] instanceof SharedSessionContractImplementor session)
                    || !options.isSecondLevelCacheCheckingEnabled()) {
                return invoke(() -> method.invoke(loader, arguments));
            }
            SessionContext context = SessionContext.of(session);
            context.beginOperation();
            try {
                announce(session, entity, ids, codecs);
                return invoke(() -> method.invoke(loader, arguments));
            } finally {
                context.endOperation();
            }
        };
    }

    private static void announce(
            SharedSessionContractImplementor session, EntityPersister entity, Object[] ids, Supplier<Codecs> codecs) {
        for (Object id : ids) {
            Object coerced = coerced(entity, id);
            if (coerced != null) {
                Announcements.announce(session, entity, coerced, codecs);
            }
        }
    }

    /** As Hibernate coerces ids to their attribute's type; one that it will complain of is not announced. */
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

    private interface Call {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object invoke(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
