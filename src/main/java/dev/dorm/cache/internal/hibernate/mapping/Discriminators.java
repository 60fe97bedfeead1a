package dev.dorm.cache.internal.hibernate.mapping;

import java.util.List;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.type.ComponentType;

/**
 * The attributes of an embeddable that has subclasses, without its discriminator.
 *
 * <p>Hibernate: {@code ComponentType.getPropertyNames} counts the discriminator among the attributes, and its state stands
 * behind theirs in every version.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code EmbeddablesIT#isReadFromTheCacheAsFromTheDatabase} stays green without it.
 */
public final class Discriminators {

    private static final String NAME = EntityDiscriminatorMapping.DISCRIMINATOR_ROLE_NAME;

    private Discriminators() {}

    /** Returns the names of the others. */
    public static List<String> without(ComponentType type) {
        List<String> names = List.of(type.getPropertyNames());
        boolean polymorphic =
                type.getMappingModelPart().getEmbeddableTypeDescriptor().isPolymorphic();
        return polymorphic && names.contains(NAME) ? names.subList(0, names.indexOf(NAME)) : names;
    }
}
