package dev.dorm.cache.internal.hibernate.mapping;

import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.jspecify.annotations.Nullable;

/**
 * What a reference to another entity compares as: the columns that it refers to, which is where they are defined.
 *
 * <p>Hibernate: only {@code ToOneAttributeMapping.getForeignKeyDescriptor} and {@code getReferencedPropertyName} tell them,
 * and the class is internal.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code OtherFormsIT#ofNaturalIdsResolveAlike} stays green with an interface that is not internal.
 *
 * @param columns the columns
 * @param entity the name of the entity
 * @param attribute the name of the attribute that is referred to; null for the id
 */
public record ReferencedColumns(ModelPart columns, String entity, @Nullable String attribute) {

    /** Returns what an attribute refers to; null when it refers to nothing. */
    public static @Nullable ReferencedColumns of(AttributeMapping attribute) {
        return attribute instanceof ToOneAttributeMapping toOne
                ? new ReferencedColumns(
                        toOne.getForeignKeyDescriptor().getTargetPart(),
                        toOne.getAssociatedEntityMappingType().getEntityName(),
                        toOne.getReferencedPropertyName())
                : null;
    }
}
