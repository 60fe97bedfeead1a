package dev.dorm.cache.internal.type;

import dev.dorm.cache.internal.dynamic.SetState;
import java.io.Serializable;
import java.lang.reflect.Field;
import org.hibernate.SharedSessionContract;
import org.hibernate.type.AbstractStandardBasicType;
import org.hibernate.type.BasicType;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.jspecify.annotations.Nullable;

/**
 * How a set of basic values is assembled from the cache. Hibernate makes a {@code HashSet} of what the database gives, but
 * copies every set as a {@code LinkedHashSet} ({@code BasicCollectionJavaType.CollectionMutabilityPlan}), so that an
 * entity from the cache would have another class, and another order, than the same from the database. This is put in
 * that plan's place, and does the same but for what comes from the cache.
 */
record SetPlan<T>(MutabilityPlan<T> original) implements MutabilityPlan<T> {

    /** Puts such a plan into a type; returns the original one, or null where that cannot be done. */
    @SuppressWarnings("unchecked")
    static @Nullable MutabilityPlan<Object> install(BasicType<?> type) {
        try {
            Field field = AbstractStandardBasicType.class.getDeclaredField("mutabilityPlan");
            field.setAccessible(true);
            MutabilityPlan<Object> plan = (MutabilityPlan<Object>) field.get(type);
            if (plan instanceof SetPlan<Object> installed) {
                return installed.original;
            }
            field.set(type, new SetPlan<>(plan));
            return plan;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    @Override
    public boolean isMutable() {
        return original.isMutable();
    }

    @Override
    public T deepCopy(T value) {
        return original.deepCopy(value);
    }

    @Override
    public Serializable disassemble(T value, SharedSessionContract session) {
        return original.disassemble(value, session);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T assemble(Serializable cached, SharedSessionContract session) {
        return cached instanceof SetState state ? (T) state.assembled() : original.assemble(cached, session);
    }
}
