package dev.dorm.cache.region;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractEvent;
import org.jspecify.annotations.Nullable;

/**
 * Whose event it is. {@code AbstractEvent.getSession} returns an {@code EventSource} in Hibernate 6, and from 7.0 on, where a
 * stateless session tells of itself, a {@code SharedSessionContractImplementor}: hence a method handle.
 */
final class EventSessions {

    private static final MethodHandle SESSION = handle();

    private EventSessions() {}

    private static MethodHandle handle() {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(AbstractEvent.class.getMethod("getSession"))
                    .asType(MethodType.methodType(Object.class, AbstractEvent.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Hibernate's events do not tell their session", e);
        }
    }

    /** Returns the session; null for a stateless one in Hibernate 6, which tells no cache of what it does either. */
    static @Nullable SharedSessionContractImplementor of(AbstractEvent event) {
        try {
            return (SharedSessionContractImplementor) (Object) SESSION.invokeExact(event);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
