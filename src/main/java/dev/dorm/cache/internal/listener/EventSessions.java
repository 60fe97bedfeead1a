package dev.dorm.cache.internal.listener;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Whose event it is. {@code getSession} of an event returns an {@code EventSource} in Hibernate 6, and from 7.0 on, where a
 * stateless session tells of itself, a {@code SharedSessionContractImplementor}; and events of collections are of another
 * type there: hence a method handle for each type.
 */
final class EventSessions {

    private static final ClassValue<MethodHandle> SESSION = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                return MethodHandles.publicLookup()
                        .unreflect(type.getMethod("getSession"))
                        .asType(MethodType.methodType(Object.class, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Hibernate's events do not tell their session", e);
            }
        }
    };

    private EventSessions() {}

    /** Returns the session; null for a stateless one in Hibernate 6, and for its collections' events in Hibernate 7. */
    static @Nullable SharedSessionContractImplementor of(Object event) {
        try {
            return (SharedSessionContractImplementor)
                    (Object) SESSION.get(event.getClass()).invokeExact(event);
        } catch (NullPointerException e) {
            // AbstractCollectionEvent asks its session for what it does not have, when a stateless session upserts.
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
