package dev.dorm.cache.internal.hibernate;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.hibernate.Version;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.cache.spi.entry.StandardCacheEntryImpl;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * Makes Hibernate's cache entries of disassembled state.
 *
 * <p>Hibernate: the constructors of {@code StandardCacheEntryImpl}, {@code CollectionCacheEntry} and {@code
 * AnyType.ObjectTypeCacheEntry} are package-private ({@code StructuredCacheEntry} and {@code AnyType} call them), so they are
 * resolved once, by shape, when the first codec is built.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code RoundTripIT#whatComesFromTheCacheIsWhatTheDatabaseGives} stays green with constructors that are public.
 */
public final class Entries {

    /** Called with each hit: an array of the arguments, made to be taken apart again, would cost more than the entry. */
    private static final MethodHandle ENTITY = constructor(
                    StandardCacheEntryImpl.class, Serializable[].class, String.class, Object.class)
            .asCollector(Object[].class, 3);

    private static final MethodHandle COLLECTION = constructor(CollectionCacheEntry.class, Serializable.class);
    private static final MethodHandle ANY = constructor(ObjectTypeCacheEntry.class, String.class, Object.class);
    private static final MethodHandle ANY_NAME = getter(ObjectTypeCacheEntry.class, "entityName");
    private static final MethodHandle ANY_ID = getter(ObjectTypeCacheEntry.class, "id");

    private Entries() {}

    public static Object entity(Serializable[] state, String subclass, @Nullable Object version) {
        try {
            return (Object) ENTITY.invokeExact((Object) state, (Object) subclass, version);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    public static Object collection(Serializable[] state) {
        return invoke(COLLECTION, (Object) state);
    }

    public static Object any(String entityName, @Nullable Object id) {
        return invoke(ANY, entityName, id);
    }

    public static String anyEntityName(ObjectTypeCacheEntry entry) {
        return (String) invoke(ANY_NAME, entry);
    }

    public static Object anyId(ObjectTypeCacheEntry entry) {
        return invoke(ANY_ID, entry);
    }

    static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return generic(MethodHandles.lookup().unreflectConstructor(constructor));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw unknown(type, "the constructor " + MethodType.methodType(void.class, parameters), e);
        }
    }

    static MethodHandle getter(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return generic(MethodHandles.lookup().unreflectGetter(field));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw unknown(type, "the field " + name, e);
        }
    }

    @SuppressWarnings("NullAway")
    static Object invoke(MethodHandle handle, @Nullable Object... arguments) {
        try {
            return handle.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle generic(MethodHandle handle) {
        int count = handle.type().parameterCount();
        return handle.asType(MethodType.genericMethodType(count))
                .asSpreader(Object[].class, count)
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static IllegalStateException unknown(Class<?> type, String member, Throwable cause) {
        return new IllegalStateException(
                "Hibernate " + Version.getVersionString() + " is not one this library knows: " + type.getName()
                        + " has not " + member + " (supported are 6.6 to 7.4)",
                cause);
    }
}
