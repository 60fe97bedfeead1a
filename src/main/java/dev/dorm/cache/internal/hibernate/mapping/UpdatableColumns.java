package dev.dorm.cache.internal.hibernate.mapping;

import java.util.List;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.AttributeMetadata;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/**
 * Whether an insert or update writes an attribute, of which both its metadata and its columns have to be asked.
 *
 * <p>Hibernate: {@code SelectableMapping.isUpdateable} says yes of the column of an immutable natural id, and {@code
 * AttributeMetadata.isUpdatable} no.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4, where the column says no, too.
 *
 * <p>Goes when: {@code ProvenStatesIT#anUpdateOfARowThatWasInsertedAgainUnderAnotherNaturalId} stays green without it.
 */
public final class UpdatableColumns {

    private UpdatableColumns() {}

    /** Returns whether an insert writes all columns of a part. */
    public static boolean insert(ModelPart part, List<SelectableMapping> columns) {
        AttributeMetadata attribute = metadata(part);
        return columns.isEmpty()
                || (attribute == null || attribute.isInsertable())
                        && columns.stream().allMatch(SelectableMapping::isInsertable);
    }

    /** Returns whether an update writes all columns of a part. */
    public static boolean update(ModelPart part, List<SelectableMapping> columns) {
        AttributeMetadata attribute = metadata(part);
        return columns.isEmpty()
                || (attribute == null || attribute.isUpdatable())
                        && columns.stream().allMatch(SelectableMapping::isUpdateable);
    }

    private static @Nullable AttributeMetadata metadata(ModelPart part) {
        return part instanceof AttributeMapping attribute ? attribute.getAttributeMetadata() : null;
    }
}
