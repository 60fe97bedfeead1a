package dev.dorm.cache.internal.hibernate.event;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.internal.SessionFactoryImpl;
import org.hibernate.relational.SchemaManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cache what an application does to the tables through Hibernate's {@code SchemaManager}.
 *
 * <p>Hibernate: {@code SchemaManagerImpl.truncateMappedObjects} and its kin tell no cache. They are other methods in each
 * version: hence a dynamic proxy in the place of {@code SessionFactoryImpl.schemaManager}. Where it cannot be put there, the
 * application has to evict all regions itself.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code TruncatedTablesIT#nothingOfThemIsServed} and {@code NewSchemaIT#atRunTime} stay green without it.
 */
public final class WatchedSchema {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final String FIELD = "schemaManager";

    private WatchedSchema() {}

    /**
     * Watches from now on.
     *
     * @param factory the session factory, complete
     * @param changed what to do when tables have been made, dropped or emptied
     */
    public static void watch(SessionFactoryImplementor factory, Runnable changed) {
        try {
            Field field = SessionFactoryImpl.class.getDeclaredField(FIELD);
            field.setAccessible(true);
            SessionFactoryImpl real = factory.unwrap(SessionFactoryImpl.class);
            field.set(real, telling(real.getSchemaManager(), changed));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("After a call of SchemaManager, evict all regions: Hibernate's cannot be watched", e);
        }
    }

    private static Object telling(SchemaManager manager, Runnable changed) {
        return Proxy.newProxyInstance(
                SchemaManager.class.getClassLoader(),
                new Class<?>[] {SchemaManager.class},
                (proxy, method, arguments) -> {
                    // Only what looks at the schema returns something, or says in its name that it only looks.
                    boolean looks = method.getReturnType() != void.class
                            || method.getName().startsWith("validate");
                    try {
                        return method.invoke(manager, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    } finally {
                        if (!looks) {
                            changed.run();
                        }
                    }
                });
    }
}
