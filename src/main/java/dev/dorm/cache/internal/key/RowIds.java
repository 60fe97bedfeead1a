package dev.dorm.cache.internal.key;

import dev.dorm.cache.internal.column.SharedTenants;
import dev.dorm.cache.internal.column.WrittenColumns;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hibernate.cache.MutableCacheKeyBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.Type;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * Renders ids for keys, injectively and the same in every JVM and on every version of Hibernate.
 *
 * <p>Numbers and UUIDs stand as they are; of text, letters, digits, {@code _}, {@code .} and {@code -} stay, and every
 * other byte of its UTF-8 becomes {@code %XX}; anything composite, binary or longer than 128 characters is {@code #} and
 * the SHA-256 of its canonical encoding. With a tenant, unless all tenants share the row: {@code <escaped tenant>:<id>}. Ids that are equal to the database
 * render alike, be they single or parts of others: {@code 5} of any integer type, {@code 1.50} and {@code 1.5}, a
 * {@code Date} and a {@code Timestamp} of one moment, a moment at two offsets, and text with and without the blanks that
 * fill its {@code char(n)} up. What only the database can tell is not rendered. Thread-safe.
 */
public final class RowIds {

    private final SessionFactoryImplementor factory;
    private final Supplier<DynamicEncoding> open;
    private volatile IdParts.Columns columns;
    private volatile @Nullable SharedTenants tenancy;
    private final Map<String, IdParts> known = new ConcurrentHashMap<>();
    private final Map<String, IdParts> tenants = new ConcurrentHashMap<>();
    private final Map<String, Boolean> shared = new ConcurrentHashMap<>();
    private final Map<String, List<IdParts>> knownNaturalIds = new ConcurrentHashMap<>();

    public RowIds(SessionFactoryImplementor factory, Supplier<DynamicEncoding> open) {
        this.factory = factory;
        this.open = open;
        this.columns = new IdParts.Columns(factory, WrittenColumns.NONE);
    }

    /**
     * Says how columns are written out in the mapping, before any id is rendered.
     *
     * @param written the columns
     */
    public void define(WrittenColumns written) {
        columns = new IdParts.Columns(factory, written);
        tenancy = new SharedTenants(factory);
    }

    private static EntityPersister root(EntityPersister persister) {
        return persister.getRootEntityDescriptor().getEntityPersister();
    }

    /**
     * Renders an entity's id.
     *
     * @param id the id
     * @param persister any entity of the hierarchy
     * @param tenant the tenant, or null
     * @return the rendering
     * @throws UnsupportedValueException when the id holds something outside the closed set
     */
    public String entity(Object id, EntityPersister persister, @Nullable String tenant)
            throws UnsupportedValueException {
        IdParts parts = known.get(persister.getRootEntityName());
        if (parts == null) {
            parts = known.computeIfAbsent(persister.getRootEntityName(), n -> IdParts.ofId(root(persister), columns));
        }
        String rendered = render(id, persister.getIdentifierType(), parts, persister.getEntityName());
        return tenant == null || isShared(persister) ? rendered : tenant(tenant, persister) + rendered;
    }

    /**
     * Renders the key of a collection's owner.
     *
     * @param key the key
     * @param persister the collection
     * @param tenant the tenant, or null
     * @return the rendering
     * @throws UnsupportedValueException when the key holds something outside the closed set
     */
    public String collection(Object key, CollectionPersister persister, @Nullable String tenant)
            throws UnsupportedValueException {
        IdParts parts = known.get(persister.getRole());
        if (parts == null) {
            parts = known.computeIfAbsent(persister.getRole(), role -> IdParts.ofKey(persister, columns));
        }
        String rendered = render(key, persister.getKeyType(), parts, persister.getRole());
        return tenant == null || isShared(persister)
                ? rendered
                : tenant(tenant, persister.getOwnerEntityPersister()) + rendered;
    }

    /**
     * Renders the values of a natural id.
     *
     * @param values the value, or the array of values in the order of Hibernate's natural id mapping
     * @param persister any entity of the hierarchy
     * @param tenant the tenant, or null
     * @param session the session that asks
     * @return the rendering
     * @throws UnsupportedValueException when a value is outside the closed set
     */
    public String naturalId(
            Object values, EntityPersister persister, @Nullable String tenant, SharedSessionContractImplementor session)
            throws UnsupportedValueException {
        // As NaturalIdCacheKey.from: the mapping itself disassembles what it is made of.
        Values collected = new Values();
        persister.getNaturalIdMapping().addToCacheKey(collected, values, session);
        List<IdParts> parts = knownNaturalIds.computeIfAbsent(
                persister.getRootEntityName(), name -> IdParts.ofNaturalId(root(persister), columns));
        try {
            @Nullable Object[] state = collected.values.toArray();
            for (int i = 0; i < state.length && state.length == parts.size(); i++) {
                state[i] = parts.get(i).told(state[i]);
            }
            String rendered = Rendering.of(state.length == 1 ? state[0] : state, open.get());
            return tenant == null || isShared(persister) ? rendered : tenant(tenant, persister) + rendered;
        } catch (UnsupportedValueException e) {
            throw e.at(persister.getEntityName(), "natural id");
        }
    }

    private String render(Object id, Type type, IdParts parts, String owner) throws UnsupportedValueException {
        // Hibernate's cache API hands over an id as the application gave it, unlike find, which converts it first.
        boolean foreign =
                type instanceof BasicType<?> basic && !basic.getReturnedClass().isInstance(id);
        @Nullable Object state = foreign ? id : type.disassemble(id, factory);
        try {
            return Rendering.of(parts.told(state), open.get());
        } catch (UnsupportedValueException e) {
            throw e.at(owner, "id");
        }
    }

    private boolean isShared(EntityPersister persister) {
        SharedTenants known = tenancy;
        return known != null
                && shared.computeIfAbsent(persister.getRootEntityName(), n -> known.share(root(persister)));
    }

    private boolean isShared(CollectionPersister persister) {
        SharedTenants known = tenancy;
        return known != null && shared.computeIfAbsent(persister.getRole(), role -> known.share(persister));
    }

    /** Hibernate's tenants are of any type, and what it hands over is their text, which two equal ones need not share. */
    private String tenant(String tenant, EntityPersister persister) throws UnsupportedValueException {
        JavaType<?> type = factory.getTenantIdentifierJavaType();
        // Where no attribute says of what type tenants are, Hibernate takes any object, which no text can be turned
        // into.
        @Nullable Object value = type.getJavaTypeClass() == Object.class ? tenant : type.fromString(tenant);
        IdParts column = tenants.computeIfAbsent(
                persister.getRootEntityName(), name -> IdParts.ofTenant(root(persister), columns));
        try {
            return Rendering.of(column.told(value), open.get()) + ":";
        } catch (UnsupportedValueException e) {
            throw e.at(persister.getEntityName(), "tenant");
        }
    }

    private static final class Values implements MutableCacheKeyBuilder {

        private final List<@Nullable Object> values = new ArrayList<>();

        @Override
        public void addValue(@Nullable Object value) {
            values.add(value);
        }

        @Override
        public void addHashCode(int hashCode) {
            // Only the values tell ids apart.
        }

        @Override
        public java.io.Serializable build() {
            throw new UnsupportedOperationException("the values are read one by one");
        }
    }
}
