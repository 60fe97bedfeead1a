package dev.dorm.cache.internal.hibernate.event;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Whose event it is.
 *
 * <p>Hibernate: {@code AbstractEvent.getSession} returns an {@code EventSource} in 6.6, and from 7.0 on, where a stateless
 * session tells of itself, a {@code SharedSessionContractImplementor}; events of collections are of another type there. Code
 * that was compiled against one does not find the method of the other: hence a method handle for each type.
 *
 * <p>Since: 7.0. Until: 7.4 or later.
 *
 * <p>Goes when: {@code StatelessSessionIT#whatItInserts} stays green without it, as the library needs Hibernate 7: then it is a
 * call.
 */
public final class EventSessions {

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
    public static @Nullable SharedSessionContractImplementor of(Object event) {
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
