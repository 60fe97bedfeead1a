package dev.dorm.cache.internal.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.dorm.cache.internal.dynamic.Sharing;
import dev.dorm.cache.internal.dynamic.TaggedType;
import dev.dorm.cache.internal.hibernate.Entries;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.type.TypeEncodings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.cache.spi.entry.CacheEntryStructure;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.cache.spi.entry.StructuredCollectionCacheEntry;
import org.hibernate.cache.spi.entry.StructuredMapCacheEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one collection role: <code>{"f":fingerprint,"s":[element...]}</code>. Maps and id bags alternate between
 * the key (or id) and the element, as {@code PersistentMap.disassemble} does.
 */
public final class CollectionCodec implements RowCodec {

    private static final SerializableString STATE = new SerializedString("s");

    private final String role;
    private final BodyFormat bodies;
    private final ValueEncoding element;
    /** What stands before each element, or null. */
    private final @Nullable ValueEncoding before;

    private final Type elementType;
    private final @Nullable Type leadingType;
    private final CacheEntryStructure structure;
    private final String fingerprint;
    private final boolean primitive;

    public CollectionCodec(CollectionPersister persister, BodyFormat bodies, TypeEncodings types) {
        this.role = persister.getRole();
        this.bodies = bodies;
        this.structure = persister.getCacheEntryStructure();
        this.elementType = persister.getElementType();
        this.element = types.of(elementType);
        @Nullable
        Class<?> component = persister.getCollectionType().getReturnedClass().getComponentType();
        this.primitive = component != null && component.isPrimitive();
        @Nullable Type leading = CollectionReferences.leading(persister);
        this.leadingType = leading;
        this.before = leading == null ? null : types.of(leading);
        Fingerprint print = new Fingerprint("collection")
                .add(role)
                .add(persister.getElementType().getReturnedClass().getName())
                .add(element.signature());
        if (leading != null && before != null) {
            print.add(leading.getReturnedClass().getName()).add(before.signature());
        }
        this.fingerprint = print.finish();
    }

    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public byte[] encode(Object value) throws UnsupportedValueException {
        List<?> state = state(value);
        return bodies.write(out -> write(out, state));
    }

    private List<?> state(Object value) throws UnsupportedValueException {
        if (value instanceof CollectionCacheEntry entry) {
            return Arrays.asList(entry.getState());
        }
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            List<@Nullable Object> pairs = new ArrayList<>(2 * map.size());
            map.forEach((key, each) -> {
                pairs.add(key);
                pairs.add(each);
            });
            return pairs;
        }
        throw UnsupportedValueException.because(value.getClass(), "not an entry of " + role);
    }

    private void write(JsonGenerator out, List<?> state) throws IOException, UnsupportedValueException {
        out.writeStartObject();
        Fingerprint.write(out, fingerprint);
        out.writeFieldName(STATE);
        out.writeStartArray();
        boolean leading = before != null;
        for (Object each : state) {
            try {
                (leading && before != null ? before : element).write(out, each);
            } catch (UnsupportedValueException e) {
                throw e.at(role, leading ? "key" : "element");
            } catch (IOException | RuntimeException e) {
                throw UnsupportedValueException.failed(each, e).at(role, leading ? "key" : "element");
            }
            leading = before != null && !leading;
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session)
            throws UndecodableException {
        return bodies.read(bytes, offset, length, this::read);
    }

    @Override
    public boolean isShareable(Object value) {
        Object[] state;
        if (value instanceof CollectionCacheEntry entry) {
            state = entry.getState();
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .allMatch(each ->
                            Sharing.immutable(each.getKey()) && Sharing.shareable(elementType, each.getValue()));
        } else {
            state = ((List<?>) value).toArray();
        }
        boolean leading = leadingType != null;
        for (Object each : state) {
            if (!Sharing.shareable(leading && leadingType != null ? leadingType : elementType, each)) {
                return false;
            }
            leading = leadingType != null && !leading;
        }
        return true;
    }

    private @Nullable Object read(JsonParser in, ValueEncoding encoding, String part)
            throws IOException, UndecodableException {
        try {
            return encoding.read(in);
        } catch (UndecodableException e) {
            throw e.at(role, part);
        } catch (RuntimeException e) {
            throw UndecodableException.failed(e).at(role, part);
        }
    }

    private Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_OBJECT);
        Fingerprint.check(fingerprint, Fingerprint.read(in, fingerprint));
        Fingerprint.field(in, STATE);
        BodyFormat.expectNext(in, JsonToken.START_ARRAY);
        List<Serializable> state = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (before != null) {
                @Nullable Object leading = read(in, before, "key");
                if (leading == null || TaggedType.isMarker(leading)) {
                    throw BodyFormat.malformed("an element without a key");
                }
                state.add((Serializable) leading);
                if (in.nextToken() == JsonToken.END_ARRAY) {
                    throw BodyFormat.malformed("a key without an element");
                }
            }
            @Nullable Object each = read(in, element, "element");
            if (each == null ? primitive : TaggedType.isMarker(each)) {
                throw BodyFormat.malformed("an element that cannot be");
            }
            state.add((Serializable) each);
        }
        BodyFormat.expectNext(in, JsonToken.END_OBJECT);
        if (structure instanceof StructuredMapCacheEntry) {
            Map<Serializable, Serializable> map = new LinkedHashMap<>();
            for (int i = 0; i < state.size(); i += 2) {
                map.put(state.get(i), state.get(i + 1));
            }
            return map;
        }
        return structure instanceof StructuredCollectionCacheEntry
                ? state
                : Entries.collection(state.toArray(Serializable[]::new));
    }
}
