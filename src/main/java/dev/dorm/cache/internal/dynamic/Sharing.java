package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.jdk.JdkElements;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.type.BasicType;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Which decoded values may be handed to many sessions: those that nobody can change, and those that Hibernate copies when
 * it assembles them, which it does for the types it holds for mutable ({@code MutableMutabilityPlan.assemble}).
 */
public final class Sharing {

    private static final Set<Class<?>> IMMUTABLE = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            Class.class,
            Currency.class,
            Locale.class,
            URI.class,
            URL.class);

    private Sharing() {}

    /** Returns whether nobody can change a value. */
    public static boolean immutable(@Nullable Object value) {
        return value == null
                || value == LazyPropertyInitializer.UNFETCHED_PROPERTY
                || IMMUTABLE.contains(value.getClass())
                || value instanceof Enum
                || value instanceof ZoneId
                || value instanceof InetAddress
                || isTime(value);
    }

    private static boolean isTime(Object value) {
        return (value instanceof TemporalAccessor || value instanceof TemporalAmount)
                && value.getClass().getName().startsWith("java.time.");
    }

    /** Returns whether a value that a type disassembles to can be assembled again and again. */
    public static boolean shareable(Type type, @Nullable Object value) {
        if (immutable(value)) {
            return true;
        }
        if (type instanceof ComponentType component) {
            return value instanceof Object[] parts && shareable(component.getSubtypes(), parts);
        }
        if (type instanceof EntityType || type instanceof CollectionType) {
            // An id or a key, whose type makes another of the array's parts each time.
            return value instanceof Object[] parts && Arrays.stream(parts).allMatch(Sharing::immutable);
        }
        return type instanceof BasicType && type.isMutable() && value != null && isCopied(type, value);
    }

    /** Whether a type copies all of a value: of an array it may copy the array alone, and of a class nothing at all. */
    @SuppressWarnings("NullAway") // no session and no owner, as in Place
    private static boolean isCopied(Type type, Object value) {
        try {
            Set<Object> parts = Collections.newSetFromMap(new IdentityHashMap<>());
            collect(value, parts);
            Set<Object> copied = Collections.newSetFromMap(new IdentityHashMap<>());
            collect(type.assemble((Serializable) value, null, null), copied);
            return copied.stream().noneMatch(parts::contains);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void collect(@Nullable Object value, Set<Object> parts) {
        if (value == null || immutable(value) || !parts.add(value)) {
            return;
        }
        if (value instanceof SetState set) {
            set.elements().forEach(part -> collect(part, parts));
        } else if (value instanceof Object[] array) {
            Arrays.stream(array).forEach(part -> collect(part, parts));
        } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
            JdkElements.elements(value).forEach(part -> collect(part, parts));
        }
    }

    /** Returns whether each of the parts can be; one more than there are types is a discriminator. */
    public static boolean shareable(Type[] types, Object[] parts) {
        for (int i = 0; i < parts.length; i++) {
            if (i < types.length ? !shareable(types[i], parts[i]) : !immutable(parts[i])) {
                return false;
            }
        }
        return true;
    }
}
