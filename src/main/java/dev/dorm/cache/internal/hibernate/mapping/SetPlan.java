package dev.dorm.cache.internal.hibernate.mapping;

import java.io.Serializable;
import java.lang.reflect.Field;
import org.hibernate.SharedSessionContract;
import org.hibernate.type.AbstractStandardBasicType;
import org.hibernate.type.BasicType;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.jspecify.annotations.Nullable;

/**
 * How a set of basic values is assembled from the cache. It stands in the place of Hibernate's plan, and does the same but for
 * what comes from the cache.
 *
 * <p>Hibernate: {@code BasicCollectionJavaType.CollectionMutabilityPlan} copies every set as a {@code LinkedHashSet}, but of
 * what the database gives a {@code HashSet} is made: an entity from the cache would have another class, and another order,
 * than the same from the database.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code JdkCollectionsIT#isReadFromTheCacheAsFromTheDatabase} stays green without it.
 *
 * @param original the plan that it stands for
 */
public record SetPlan<T>(MutabilityPlan<T> original) implements MutabilityPlan<T> {

    /** What a set is while it is cached. */
    public interface State extends Serializable {

        /** Makes the set that the database would give. */
        Object assembled();
    }

    /** Puts such a plan into a type; returns the original one, or null where that cannot be done. */
    @SuppressWarnings("unchecked")
    public static @Nullable MutabilityPlan<Object> install(BasicType<?> type) {
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
        return cached instanceof State state ? (T) state.assembled() : original.assemble(cached, session);
    }
}
