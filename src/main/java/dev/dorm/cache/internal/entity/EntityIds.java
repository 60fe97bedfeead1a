package dev.dorm.cache.internal.entity;

import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.key.RowIds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** How the ids of an entity hierarchy stand in the rows of query results. Thread-safe. */
public final class EntityIds {

    private final EntityPersister root;
    private final RowIds rendering;

    public EntityIds(EntityPersister root, RowIds rendering) {
        this.root = root;
        this.rendering = rendering;
    }

    /**
     * Finds an id among a row's values.
     *
     * @param id the id
     * @param row the values
     * @param session the session that reads
     * @return from which columns on it may stand there
     */
    public List<Integer> find(Object id, @Nullable Object[] row, SharedSessionContractImplementor session) {
        @Nullable Object[] values = values(id, session);
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at + values.length <= row.length; at++) {
            boolean equal = true;
            for (int i = 0; equal && i < values.length; i++) {
                equal = Objects.deepEquals(row[at + i], values[i]);
            }
            if (equal && Objects.equals(render(at(row, at, session), session), render(id, session))) {
                found.add(at);
            }
        }
        return found;
    }

    /**
     * Returns the id that stands in a row.
     *
     * @param row the values
     * @param at from which column on
     * @param session the session that reads
     * @return the id, or null where there is none
     */
    public @Nullable Object at(@Nullable Object[] row, int at, SharedSessionContractImplementor session) {
        Type type = root.getIdentifierType();
        try {
            if (type instanceof BasicType<?> basic) {
                Object value = at < row.length ? row[at] : null;
                return value == null ? null : basic.convertToDomainValue(value);
            }
            int to = at + root.getIdentifierMapping().getJdbcTypeCount();
            if (to > row.length) {
                return null;
            }
            @Nullable Object[] state = Arrays.copyOfRange(row, at, to);
            return Arrays.asList(state).contains(null) ? null : type.assemble((Serializable) state, session, null);
        } catch (RuntimeException e) {
            // Another entity's row, or the number of results: nothing that this type can make an id of.
            return null;
        }
    }

    private @Nullable Object[] values(Object id, SharedSessionContractImplementor session) {
        Type type = root.getIdentifierType();
        if (type instanceof BasicType<?> basic) {
            return new Object[] {basic.convertToRelationalValue(id)};
        }
        Object state = type.disassemble(id, session, null);
        return state instanceof Object[] several ? several : new Object[] {state};
    }

    /**
     * Renders an id as {@link RowIds#entity} does.
     *
     * @param id the id
     * @param session the session that reads
     * @return its rendering; null for one that cannot be rendered
     */
    public @Nullable String render(@Nullable Object id, SharedSessionContractImplementor session) {
        try {
            return id == null ? null : rendering.entity(id, root, session.getTenantIdentifier());
        } catch (UnsupportedValueException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Returns whether a session holds an entity already, so that it will not ask for its row.
     *
     * @param id the entity's id
     * @param session the session
     * @return true when it does
     */
    public boolean isLoaded(Object id, SharedSessionContractImplementor session) {
        return session.getPersistenceContextInternal().getEntity(session.generateEntityKey(id, root)) != null;
    }
}
