package dev.dorm.cache.internal.value;

import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/** Which attributes are of a primitive type: Hibernate fails when it is to set one to null. */
public final class Primitives {

    private Primitives() {}

    public static boolean holds(@Nullable AttributeMapping attribute) {
        @Nullable PropertyAccess access = attribute == null ? null : attribute.getPropertyAccess();
        return access != null && access.getGetter().getReturnTypeClass().isPrimitive();
    }
}
