package dev.dorm.cache.internal.key;

import dev.dorm.cache.internal.column.WrittenColumns;
import dev.dorm.cache.internal.column.WrittenColumns.Definition;
import dev.dorm.cache.internal.hibernate.mapping.TenantColumns;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.type.TypeEncodings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.SingularAttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.hibernate.type.UserComponentType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/**
 * What an id's disassembled state is to the database: each basic part as its own column tells it, in the arrays in which
 * it stands. Two states that the database holds for one id are equal here.
 */
interface IdParts {

    /** Makes a state, or a part of one, into what is equal for one id. */
    @Nullable
    Object told(@Nullable Object state) throws UnsupportedValueException;

    /** The parts of an entity's id. */
    static IdParts ofId(EntityPersister entity, Columns columns) {
        return columns.of(
                entity.getIdentifierType(),
                entity.getIdentifierMapping(),
                columns.written().ofId(entity.getEntityName()));
    }

    /** The parts of the key by which a collection is found: its owner's id, or another attribute of it. */
    static IdParts ofKey(CollectionPersister collection, Columns columns) {
        EntityPersister owner = collection.getOwnerEntityPersister();
        @Nullable String attribute = collection.getCollectionType().getLHSPropertyName();
        return attribute == null
                ? ofId(owner, columns)
                : columns.of(
                        collection.getKeyType(),
                        collection.getAttributeMapping().getKeyDescriptor().getTargetPart(),
                        columns.written().of(owner.getEntityName(), attribute));
    }

    /** The values of a natural id, which its mapping gives column by column. */
    static List<IdParts> ofNaturalId(EntityPersister entity, Columns columns) {
        List<IdParts> parts = new ArrayList<>();
        for (SingularAttributeMapping attribute : entity.getNaturalIdMapping().getNaturalIdAttributes()) {
            parts.addAll(columns.of(entity, attribute));
        }
        return parts;
    }

    /** The tenant that the rows of an entity are of, as its column tells it, if it has one. */
    static IdParts ofTenant(EntityPersister entity, Columns columns) {
        for (String name : entity.getPropertyNames()) {
            @Nullable AttributeMapping attribute = entity.findAttributeMapping(name);
            if (attribute != null && TenantColumns.isTenant(attribute)) {
                return columns.of(entity, attribute).get(0);
            }
        }
        return state -> state;
    }

    /**
     * A value of one column.
     *
     * @param type its type
     * @param column how the column tells it
     * @param converter from what the attribute has to what the column has, or null
     */
    record Basic(JdbcMapping type, IdColumn column, @Nullable BasicValueConverter<Object, Object> converter)
            implements IdParts {

        @Override
        public @Nullable Object told(@Nullable Object state) throws UnsupportedValueException {
            @Nullable Object value = state;
            if (converter != null
                    && value != null
                    && type.getJavaTypeDescriptor().getJavaTypeClass().isInstance(value)) {
                value = converter.toRelationalValue(value);
            }
            return value == null ? null : column.told(value);
        }
    }

    /**
     * An embeddable's array of states.
     *
     * @param parts its attributes
     */
    record Composite(List<IdParts> parts) implements IdParts {

        @Override
        public @Nullable Object told(@Nullable Object state) throws UnsupportedValueException {
            // A discriminator may stand behind the attributes; what is no array is of a user's type.
            if (!(state instanceof Object[] array) || array.length < parts.size()) {
                return state;
            }
            @Nullable Object[] told = array.clone();
            for (int i = 0; i < parts.size(); i++) {
                told[i] = parts.get(i).told(array[i]);
            }
            return told;
        }
    }

    /**
     * The columns of a session factory.
     *
     * @param factory the session factory
     * @param written those whose mapping writes them out
     */
    record Columns(SessionFactoryImplementor factory, WrittenColumns written) {

        private IdParts of(Type type, ModelPart part, List<Definition> definitions) {
            return new Builder(this, selectables(part), definitions).of(type);
        }

        /** A reference has columns of its own, in which it is looked for, whatever those are that it refers to. */
        private List<IdParts> of(EntityPersister entity, AttributeMapping attribute) {
            return basics(attribute, written.of(entity.getEntityName(), attribute.getAttributeName()));
        }

        private List<IdParts> basics(ModelPart part, List<Definition> definitions) {
            List<SelectableMapping> selectables = selectables(part);
            List<IdParts> parts = new ArrayList<>();
            for (int i = 0; i < selectables.size(); i++) {
                SelectableMapping column = selectables.get(i);
                parts.add(new Basic(
                        column.getJdbcMapping(),
                        IdColumn.of(column.getJdbcMapping(), definition(definitions, i), column, factory),
                        null));
            }
            return parts;
        }

        private static List<SelectableMapping> selectables(ModelPart part) {
            List<SelectableMapping> selectables = new ArrayList<>();
            part.forEachSelectable((index, column) -> selectables.add(column));
            return selectables;
        }

        private static Definition definition(List<Definition> definitions, int column) {
            return column < definitions.size() ? definitions.get(column) : Definition.NONE;
        }
    }

    /** Takes the columns of an id one by one, as long as it is known which is whose. */
    final class Builder {

        private final Columns columns;
        private final List<SelectableMapping> selectables;
        private final List<Definition> definitions;
        private int next;

        private Builder(Columns columns, List<SelectableMapping> selectables, List<Definition> definitions) {
            this.columns = columns;
            this.selectables = selectables;
            this.definitions = definitions;
        }

        private IdParts of(Type type) {
            if (type instanceof BasicType<?> basic) {
                @Nullable SelectableMapping column = next < selectables.size() ? selectables.get(next) : null;
                Definition definition = Columns.definition(definitions, next);
                next++;
                return new Basic(
                        basic,
                        IdColumn.of(basic, definition, column, columns.factory()),
                        TypeEncodings.converter(basic));
            }
            if (type instanceof EntityType entity && !type.isAnyType() && entity.isReferenceToPrimaryKey()) {
                EntityPersister target = columns.factory()
                        .getRuntimeMetamodels()
                        .getMappingMetamodel()
                        .getEntityDescriptor(entity.getAssociatedEntityName());
                next += Columns.selectables(target.getIdentifierMapping()).size();
                return IdParts.ofId(target, columns);
            }
            if (type instanceof ComponentType component) {
                List<IdParts> parts = new ArrayList<>();
                for (Type part : component.getSubtypes()) {
                    parts.add(of(part));
                }
                // What a user's type disassembles to, only that type knows.
                return type instanceof UserComponentType<?>
                        ? state -> state
                        : new Composite(Collections.unmodifiableList(parts));
            }
            next = Math.max(selectables.size(), definitions.size());
            return state -> state;
        }
    }
}
