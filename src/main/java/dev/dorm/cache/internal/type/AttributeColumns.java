package dev.dorm.cache.internal.type;

import dev.dorm.cache.internal.column.ColumnCheck;
import dev.dorm.cache.internal.column.ColumnChecks;
import dev.dorm.cache.internal.column.Schema;
import dev.dorm.cache.internal.hibernate.mapping.UpdatableColumns;
import dev.dorm.cache.internal.time.OldTimes;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.type.BasicType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/** The columns of one attribute, or of an id: what its statements write into them, and what they give back. */
final class AttributeColumns {

    private final ModelPart part;
    private final Map<String, ColumnCheck> checks = new HashMap<>();
    private final List<SelectableMapping> columns = new ArrayList<>();
    private final @Nullable EmbeddableMappingType embeddable;
    private final @Nullable BasicValueConverter<Object, Object> converter;
    private final boolean aggregate;
    private final boolean always;
    private final boolean times;

    AttributeColumns(ModelPart part, Schema schema) {
        this.part = part;
        part.forEachSelectable((index, column) -> {
            columns.add(column);
            checks.put(column.getSelectionExpression(), ColumnChecks.of(column, schema));
        });
        this.embeddable =
                part instanceof EmbeddableValuedModelPart embedded ? embedded.getEmbeddableTypeDescriptor() : null;
        this.aggregate = embeddable != null && embeddable.getAggregateMapping() != null;
        this.converter = converter();
        this.times = columns.stream().anyMatch(column -> OldTimes.mayBeIn(column.getJdbcMapping()));
        this.always = embeddable == null
                && converter == null
                && checks.values().stream().allMatch(check -> check == ColumnCheck.ALWAYS);
    }

    /** A value that is cached as the attribute has it must come out of its converter as it went in. */
    private @Nullable BasicValueConverter<Object, Object> converter() {
        if (columns.size() == 1
                && columns.get(0).getJdbcMapping() instanceof BasicType<?> type
                && type.getValueConverter() != null
                && !type.getReturnedClass().isEnum()
                && ScalarCodecs.ofType(type.getReturnedClass()) != null) {
            return TypeEncodings.converter(type);
        }
        return null;
    }

    List<SelectableMapping> columns() {
        return columns;
    }

    boolean isInsertable() {
        return UpdatableColumns.insert(part, columns);
    }

    boolean isUpdatable() {
        return UpdatableColumns.update(part, columns);
    }

    /** Returns whether an update generates the attribute's value before it is written. */
    boolean generates() {
        return part instanceof AttributeMapping attribute
                && attribute.getGenerator() != null
                && attribute.getGenerator().generatesOnUpdate();
    }

    /** Returns what the database generates of the attribute, or null. */
    @Nullable
    Generator generated() {
        Generator generator = part instanceof AttributeMapping attribute ? attribute.getGenerator() : null;
        return generator != null && generator.generatedOnExecution() ? generator : null;
    }

    /** Returns whether the columns give back exactly what a statement has written of a value. */
    boolean give(@Nullable Object value, SharedSessionContractImplementor session) {
        return give(value, new boolean[] {true}, session);
    }

    /**
     * Returns the same.
     *
     * @param exact one element, which is true; false when the columns do not, and not to be used again then
     */
    boolean give(@Nullable Object value, boolean[] exact, SharedSessionContractImplementor session) {
        if (value == null || always || columns.isEmpty()) {
            return true;
        }
        try {
            return !aggregate
                    && !(embeddable != null && isEmpty(embeddable, value))
                    && givesParts(value, exact, session);
        } catch (RuntimeException e) {
            // A converter of the application's may fail, and an embeddable may be of a class that lacks an attribute.
            return false;
        }
    }

    /** Returns whether the columns hold what they held before when a value is written that was read from them. */
    boolean keep(@Nullable Object value, SharedSessionContractImplementor session) {
        if (value == null || !times) {
            return true;
        }
        try {
            boolean[] kept = {true};
            part.breakDownJdbcValues(value, (index, written, column) -> kept[0] &= !OldTimes.areIn(written), session);
            return kept[0] || give(value, session);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean givesParts(Object value, boolean[] exact, SharedSessionContractImplementor session) {
        // As this is done for each attribute of each row that is written, it takes along what else a lambda would hold.
        part.breakDownJdbcValues(
                value,
                0,
                exact,
                this,
                (index, all, columns, written, column) -> all[0] &= written == null || columns.gives(column, written),
                session);
        return exact[0] && (converter == null || comesBack(converter, value));
    }

    private boolean gives(SelectableMapping column, Object written) {
        ColumnCheck check = checks.get(column.getSelectionExpression());
        return check != null && check.gives(written);
    }

    private static boolean comesBack(BasicValueConverter<Object, Object> converter, Object value) {
        return Objects.deepEquals(value, converter.toDomainValue(converter.toRelationalValue(value)));
    }

    /** An embeddable of which every column is null comes back as null. */
    private static boolean isEmpty(EmbeddableMappingType type, Object component) {
        boolean empty = true;
        for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = type.getAttributeMapping(i);
            Object value = attribute.getValue(component);
            if (value == null) {
                continue;
            }
            if (attribute instanceof EmbeddableValuedModelPart nested
                    && isEmpty(nested.getEmbeddableTypeDescriptor(), value)) {
                return true;
            }
            empty = false;
        }
        return empty;
    }
}
