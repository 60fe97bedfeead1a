package dev.dorm.cache.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.cache.MutableCacheKeyBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.Type;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/**
 * Renders ids for keys, injectively and the same in every JVM and on every version of Hibernate.
 *
 * <p>Numbers and UUIDs stand as they are; of text, letters, digits, {@code _}, {@code .} and {@code -} stay, and every
 * other byte of its UTF-8 becomes {@code %XX}; anything composite, binary or longer than 128 characters is {@code #} and
 * the SHA-256 of its canonical encoding. With a tenant: {@code <escaped tenant>:<id>}. Ids that are equal to the database
 * render alike: {@code 5} of any integer type, {@code 1.50} and {@code 1.5}, a {@code Date} and a {@code Timestamp} of
 * one moment. Thread-safe.
 */
public final class RowIds {

    private final SessionFactoryImplementor factory;
    private final Supplier<OpenEncoding> open;

    RowIds(SessionFactoryImplementor factory, Supplier<OpenEncoding> open) {
        this.factory = factory;
        this.open = open;
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
        return render(id, persister.getIdentifierType(), persister.getEntityName(), tenant);
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
        return render(key, persister.getKeyType(), persister.getRole(), tenant);
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
        Object state = collected.values.size() == 1 ? collected.values.get(0) : collected.values.toArray();
        return render(state, persister.getEntityName(), "natural id", null, tenant);
    }

    private String render(Object id, Type type, String owner, @Nullable String tenant)
            throws UnsupportedValueException {
        @Nullable BasicType<?> basic = type instanceof BasicType<?> known ? known : null;
        // Hibernate's cache API hands over an id as the application gave it, unlike find, which converts it first.
        boolean foreign = basic != null && !basic.getReturnedClass().isInstance(id);
        @Nullable Object state = foreign ? id : type.disassemble(id, factory);
        if (basic != null && state != null && basic.getReturnedClass().isInstance(state)) {
            @Nullable BasicValueConverter<Object, Object> converter = TypeEncodings.converter(basic);
            if (converter != null) {
                state = converter.toRelationalValue(state);
            }
        }
        return render(state, owner, "id", basic, tenant);
    }

    private String render(
            @Nullable Object state, String owner, String part, @Nullable BasicType<?> type, @Nullable String tenant)
            throws UnsupportedValueException {
        try {
            String id = Rendering.of(state, type, open.get());
            return tenant == null ? id : Rendering.text(tenant) + ":" + id;
        } catch (UnsupportedValueException e) {
            throw e.at(owner, part);
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
