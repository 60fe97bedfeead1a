package dev.dorm.cache.internal.hibernate.mapping;

import java.io.Serializable;
import org.hibernate.internal.util.SerializationHelper;

/**
 * Copies of values that are stored in serialized form.
 *
 * <p>Hibernate: {@code SerializationHelper.clone} makes the copy that a session holds of such a value ({@code
 * SerializableJavaType.SerializableMutabilityPlan}). A value that is not as its copy is, is not cached.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code JdkCollectionsIT#isReadFromTheCacheAsFromTheDatabase} stays green with another copy.
 */
public final class SerializedCopies {

    private SerializedCopies() {}

    /** Returns a copy. */
    public static Object of(Serializable value) {
        return SerializationHelper.clone(value);
    }
}
