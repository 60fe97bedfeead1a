package dev.dorm.cache.internal.entity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.type.TypeEncodings;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.cache.spi.entry.StructuredCacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one entity hierarchy: <code>{"f":fingerprint,"t":entity name,"v":version,"a":[values]}</code>, with the values
 * in the order of Hibernate's attributes, which the fingerprint vouches for. The name is that of a subclass; the root's
 * is left out, for it stands in the key, and bytes in Redis are memory. The same whether {@code use_structured_entries} is
 * on or off.
 */
public final class EntityCodec implements RowCodec {

    private final SessionFactoryImplementor factory;
    private final EntityPersister root;
    private final BodyFormat bodies;
    private final TypeEncodings types;
    private final Map<String, EntityStates> subclasses = new ConcurrentHashMap<>();
    /** Of the subclass that was read last: the next row is most likely another of it. */
    private volatile @Nullable EntityStates last;

    public EntityCodec(
            SessionFactoryImplementor factory, EntityPersister root, BodyFormat bodies, TypeEncodings types) {
        this.factory = factory;
        this.root = root;
        this.bodies = bodies;
        this.types = types;
    }

    @Override
    public byte[] encode(Object value) throws UnsupportedValueException {
        if (value instanceof Map<?, ?> structured) {
            @Nullable EntityStates states = states(String.valueOf(structured.get(StructuredCacheEntry.SUBCLASS_KEY)));
            if (states != null) {
                return bodies.write(out -> states.write(
                        out, states.destructured(structured), structured.get(StructuredCacheEntry.VERSION_KEY)));
            }
        } else if (value instanceof CacheEntry entry && !entry.isReferenceEntry()) {
            @Nullable EntityStates states = states(entry.getSubclass());
            if (states != null) {
                return bodies.write(out -> states.write(out, entry.getDisassembledState(), entry.getVersion()));
            }
        }
        throw UnsupportedValueException.because(value.getClass(), "not an entry of " + root.getEntityName());
    }

    @Override
    public long version(Object value) {
        Object version = value instanceof Map<?, ?> structured
                ? structured.get(StructuredCacheEntry.VERSION_KEY)
                : ((CacheEntry) value).getVersion();
        // What is a time may come twice, or go back.
        return version instanceof Long || version instanceof Integer || version instanceof Short
                ? ((Number) version).longValue()
                : -1;
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session)
            throws UndecodableException {
        return bodies.read(bytes, offset, length, this::read);
    }

    private Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_OBJECT);
        @Nullable EntityStates likely = last;
        String fingerprint = Fingerprint.read(in, likely == null ? null : likely.fingerprint());
        String entityName = root.getRootEntityName();
        if (in.nextFieldName(EntityStates.TYPE)) {
            in.nextToken();
            entityName = BodyFormat.text(in, likely == null ? null : likely.entityName());
            in.nextToken();
        }
        @Nullable
        EntityStates states = likely != null && likely.entityName().equals(entityName) ? likely : states(entityName);
        if (states == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "no such subclass of " + root.getEntityName());
        }
        Fingerprint.check(states.fingerprint(), fingerprint);
        last = states;
        return states.read(in);
    }

    @Override
    public boolean isWrittenInParts() {
        return true;
    }

    @Override
    public boolean isShareable(Object value) {
        if (value instanceof Map<?, ?> structured) {
            @Nullable EntityStates states = states(String.valueOf(structured.get(StructuredCacheEntry.SUBCLASS_KEY)));
            return states != null && states.isShareable(states.destructured(structured));
        }
        CacheEntry entry = (CacheEntry) value;
        @Nullable EntityStates states = states(entry.getSubclass());
        return states != null && states.isShareable(entry.getDisassembledState());
    }

    private @Nullable EntityStates states(String entityName) {
        @Nullable EntityStates known = subclasses.get(entityName);
        if (known != null) {
            return known;
        }
        @Nullable
        EntityPersister persister =
                factory.getRuntimeMetamodels().getMappingMetamodel().findEntityDescriptor(entityName);
        if (persister == null
                || persister.isAbstract()
                || !persister.getRootEntityName().equals(root.getRootEntityName())) {
            return null;
        }
        EntityStates states = new EntityStates(persister, types);
        subclasses.put(entityName, states);
        return states;
    }
}
