package dev.dorm.cache.region;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractEvent;
import org.jspecify.annotations.Nullable;

/** The session of an event: Hibernate 7 declares it with another type than 6, and so under another name in the byte code. */
final class EventSession {

    private static final MethodHandle GET = find();

    private EventSession() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(AbstractEvent.class.getMethod("getSession"))
                    .asType(MethodType.methodType(SharedSessionContractImplementor.class, AbstractEvent.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("AbstractEvent.getSession, which every Hibernate has", e);
        }
    }

    /** Returns the session; null for a {@code StatelessSession} of Hibernate 6. */
    static @Nullable SharedSessionContractImplementor of(AbstractEvent event) {
        try {
            return (SharedSessionContractImplementor) GET.invokeExact(event);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
