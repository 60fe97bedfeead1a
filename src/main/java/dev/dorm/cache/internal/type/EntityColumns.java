package dev.dorm.cache.internal.type;

import dev.dorm.cache.internal.column.Schema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of one concrete entity prove of its state, as its mapping tells. Computed once; thread-safe.
 *
 * <p>A state that a writer holds in memory is what the database holds only if each value is one that its column gives back,
 * and each column was written; or if nobody but the writer has written since the state was read.
 */
public final class EntityColumns {

    private final AttributeColumns id;
    private final @Nullable AttributeColumns[] attributes;
    private final @Nullable AttributeColumns naturalId;
    private final Type[] types;
    private final boolean[] shared;
    private final int version;
    private final boolean dynamicInsert;
    private final boolean insertsAll;
    private final boolean updatesAll;
    private final boolean updatesExactly;

    public EntityColumns(EntityPersister entity, SessionFactoryImplementor factory) {
        Schema schema = Schema.of(factory);
        id = new AttributeColumns(entity.getIdentifierMapping(), schema);
        String[] names = entity.getPropertyNames();
        attributes = new AttributeColumns[names.length];
        for (int i = 0; i < names.length; i++) {
            AttributeMapping attribute = entity.findAttributeMapping(names[i]);
            attributes[i] = attribute == null || attribute.isPluralAttributeMapping()
                    ? null
                    : new AttributeColumns(attribute, schema);
        }
        NaturalIdMapping natural = entity.getNaturalIdMapping();
        naturalId = natural == null ? null : new AttributeColumns(natural, schema);
        types = entity.getPropertyTypes();
        shared = shared();
        version = entity.isVersioned()
                ? Arrays.asList(names).indexOf(entity.getVersionMapping().getPartName())
                : -1;
        dynamicInsert = entity.getEntityMetamodel().isDynamicInsert();
        Tables tables = new Tables();
        entity.forEachMutableTable(tables::add);
        boolean restricted = entity.hasWhereRestrictions();
        boolean generates = false;
        boolean insertable = true;
        boolean updatable = true;
        for (AttributeColumns attribute : attributes) {
            if (attribute != null) {
                Generator generated = attribute.generated();
                insertable &= attribute.isInsertable() && generated == null;
                updatable &= attribute.isUpdatable() && generated == null;
                generates |= generated != null && generated.generatesOnUpdate();
            }
        }
        // Of what has a formula, Hibernate itself puts nothing behind an insert or update
        // (isCacheInvalidationRequired).
        insertsAll = insertable && !restricted && !tables.customInsert;
        // What is generated on an update is read back at once, and a deferred trigger may still come at the commit.
        updatesExactly = !generates && !restricted && !tables.customUpdate;
        updatesAll = updatesExactly
                && updatable
                && tables.count == 1
                && !entity.getEntityMetamodel().isDynamicUpdate()
                // Another's removal raises no version, and an update does not ask whether the row is still there.
                && entity.getSoftDeleteMapping() == null;
    }

    private static final class Tables {

        private int count;
        private boolean customInsert;
        private boolean customUpdate;

        void add(EntityTableMapping table) {
            count++;
            customInsert |= table.getInsertDetails().getCustomSql() != null;
            customUpdate |= table.getUpdateDetails().getCustomSql() != null;
        }
    }

    /** Two attributes may have one column, as a foreign key and its association: a change of the one is none of the other. */
    private boolean[] shared() {
        Map<String, Integer> uses = new HashMap<>();
        for (AttributeColumns attribute : attributes) {
            if (attribute != null) {
                attribute.columns().forEach(column -> uses.merge(name(column), 1, Integer::sum));
            }
        }
        boolean[] several = new boolean[attributes.length];
        for (int i = 0; i < several.length; i++) {
            AttributeColumns attribute = attributes[i];
            several[i] = attribute != null
                    && attribute.columns().stream().anyMatch(column -> uses.getOrDefault(name(column), 0) > 1);
        }
        return several;
    }

    private static String name(SelectableMapping column) {
        return column.getContainingTableExpression() + "." + column.getSelectionExpression();
    }

    /**
     * Returns whether the database gives back what an INSERT has written.
     *
     * @param identifier the entity's id
     * @param state the values of its attributes
     * @param session the session that wrote
     * @return false when anything else may come back
     */
    public boolean givesInserted(
            Object identifier, @Nullable Object[] state, SharedSessionContractImplementor session) {
        boolean[] exact = {true};
        if (!insertsAll || !id.give(identifier, exact, session)) {
            return false;
        }
        for (int i = 0; i < attributes.length; i++) {
            AttributeColumns attribute = attributes[i];
            if (attribute != null
                    && ((dynamicInsert
                                    && state[i] == null
                                    && !attribute.columns().isEmpty())
                            || !attribute.give(state[i], exact, session))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether an entity is found by the natural id that a statement has written.
     *
     * @param values the natural id, as Hibernate hands it to its cache
     * @param session the session that wrote
     * @return false when the database may hold another one
     */
    public boolean givesNaturalId(Object values, SharedSessionContractImplementor session) {
        return naturalId != null && naturalId.give(values, session);
    }

    /**
     * Returns whether the database gives back the state behind an UPDATE, whatever it held before.
     *
     * @param state the values of the entity's attributes
     * @param dirty the attributes that Hibernate found changed, or null when it wrote all
     * @param session the session that wrote
     * @return false when a column was not written, or anything else may come back
     */
    public boolean givesUpdated(
            @Nullable Object[] state, int @Nullable [] dirty, SharedSessionContractImplementor session) {
        return updatesAll && (dirty == null || writes(dirty)) && give(state, session);
    }

    /**
     * Returns whether the database gives back the state behind an UPDATE, if it held the state before it.
     *
     * @param before the values of the entity's attributes before it
     * @param state the values behind it
     * @param dirty the attributes that Hibernate found changed, or null when it wrote all
     * @param session the session that wrote
     * @return false when anything else may come back
     */
    public boolean givesChanged(
            @Nullable Object[] before,
            @Nullable Object[] state,
            int @Nullable [] dirty,
            SharedSessionContractImplementor session) {
        if (!updatesExactly || dirty == null) {
            return false;
        }
        boolean[] exact = {true};
        boolean[] changed = new boolean[attributes.length];
        for (int attribute : dirty) {
            changed[attribute] = true;
        }
        for (int i = 0; i < attributes.length; i++) {
            AttributeColumns columns = attributes[i];
            if (columns == null) {
                continue;
            }
            if (!changed[i] && types[i].isSame(before[i], state[i])) {
                // It may have been written all the same.
                if (!columns.keep(state[i], session)) {
                    return false;
                }
                continue;
            }
            // What is new without being found changed was raised or generated, or is not written at all.
            boolean written = changed[i] ? columns.isUpdatable() && !shared[i] : i == version || columns.generates();
            if (!written || !columns.give(state[i], exact, session)) {
                return false;
            }
        }
        return true;
    }

    /** A collection that was replaced is dirty, and has no column; a version that is raised alone is written alone. */
    private boolean writes(int[] dirty) {
        for (int i : dirty) {
            AttributeColumns columns = attributes[i];
            if (i != version && columns != null && !columns.columns().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean give(@Nullable Object[] state, SharedSessionContractImplementor session) {
        boolean[] exact = {true};
        for (int i = 0; i < attributes.length; i++) {
            AttributeColumns columns = attributes[i];
            if (columns != null && !columns.give(state[i], exact, session)) {
                return false;
            }
        }
        return true;
    }
}
