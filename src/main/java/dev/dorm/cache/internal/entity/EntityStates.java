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
import dev.dorm.cache.internal.value.Primitives;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.cache.spi.entry.StructuredCacheEntry;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** The states of one concrete entity. */
public final class EntityStates {

    static final SerializableString TYPE = new SerializedString("t");
    private static final SerializableString VERSION = new SerializedString("v");
    private static final SerializableString ATTRIBUTES = new SerializedString("a");

    private final String entityName;
    private final SerializableString subclass;
    private final SerializableString[] names;
    private final ValueEncoding[] encodings;
    private final Type[] propertyTypes;
    private final @Nullable ValueEncoding version;
    private final String fingerprint;
    private final boolean root;
    private final boolean structured;
    private final boolean[] primitive;
    private final boolean[] lazy;

    public EntityStates(EntityPersister persister, TypeEncodings types) {
        this.entityName = persister.getEntityName();
        this.subclass = new SerializedString(entityName);
        this.root = entityName.equals(persister.getRootEntityName());
        this.structured = persister.getCacheEntryStructure() instanceof StructuredCacheEntry;
        this.version = persister.isVersioned() ? types.of(persister.getVersionType()) : null;
        String[] properties = persister.getPropertyNames();
        this.propertyTypes = persister.getPropertyTypes();
        this.names = new SerializableString[properties.length];
        this.encodings = new ValueEncoding[properties.length];
        this.primitive = new boolean[properties.length];
        this.lazy = new boolean[properties.length];
        boolean enhanced = persister.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading();
        Fingerprint print = new Fingerprint("entity")
                .add(persister.getRootEntityName())
                .add(entityName)
                .add(version == null ? "" : persister.getVersionMapping().getPartName());
        for (int i = 0; i < properties.length; i++) {
            names[i] = new SerializedString(properties[i]);
            encodings[i] = types.of(propertyTypes[i]);
            print.add(properties[i])
                    .add(propertyTypes[i].getReturnedClass().getName())
                    .add(encodings[i].signature());
            @Nullable AttributeMapping attribute = persister.findAttributeMapping(properties[i]);
            primitive[i] = Primitives.holds(attribute);
            lazy[i] = enhanced || persister.getPropertyLaziness()[i];
            if (attribute != null) {
                attribute.forEachSelectable((index, column) -> print.add(column.getSelectionExpression()));
            }
        }
        this.fingerprint = print.finish();
    }

    boolean isShareable(@Nullable Object[] state) {
        return Sharing.shareable(propertyTypes, state);
    }

    String entityName() {
        return entityName;
    }

    public String fingerprint() {
        return fingerprint;
    }

    @Nullable
    Object[] destructured(Map<?, ?> entry) {
        @Nullable Object[] state = new Object[names.length];
        for (int i = 0; i < state.length; i++) {
            state[i] = entry.get(names[i].getValue());
        }
        return state;
    }

    void write(JsonGenerator out, @Nullable Object[] state, @Nullable Object versionValue)
            throws IOException, UnsupportedValueException {
        if (state.length != names.length) {
            throw UnsupportedValueException.because(state.getClass(), "another number of attributes: " + entityName);
        }
        out.writeStartObject();
        Fingerprint.write(out, fingerprint);
        if (!root) {
            out.writeFieldName(TYPE);
            out.writeString(subclass);
        }
        if (version != null) {
            out.writeFieldName(VERSION);
            version.write(out, versionValue);
        }
        out.writeFieldName(ATTRIBUTES);
        out.writeStartArray();
        for (int i = 0; i < state.length; i++) {
            try {
                encodings[i].write(out, state[i]);
            } catch (UnsupportedValueException e) {
                throw e.at(entityName, names[i].getValue());
            } catch (IOException | RuntimeException e) {
                throw UnsupportedValueException.failed(state[i], e).at(entityName, names[i].getValue());
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Reads the rest of a body, whose next field's name the parser has come to. */
    Object read(JsonParser in) throws IOException, UndecodableException {
        @Nullable Object versionValue = null;
        if (version != null) {
            Fingerprint.isAt(in, VERSION);
            in.nextToken();
            versionValue = version.read(in);
            in.nextToken();
        }
        Fingerprint.isAt(in, ATTRIBUTES);
        BodyFormat.expectNext(in, JsonToken.START_ARRAY);
        Serializable[] state = new Serializable[names.length];
        for (int i = 0; i < state.length; i++) {
            if (in.nextToken() == JsonToken.END_ARRAY) {
                throw BodyFormat.malformed("too few attributes");
            }
            @Nullable Object value = read(in, i);
            if (value == null ? primitive[i] : TaggedType.isMarker(value) && !mayBeMarked(i, value)) {
                throw BodyFormat.malformed("an attribute that cannot be: " + names[i].getValue());
            }
            state[i] = (Serializable) value;
        }
        BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        BodyFormat.expectNext(in, JsonToken.END_OBJECT);
        return structured ? structure(state, versionValue) : Entries.entity(state, entityName, versionValue);
    }

    private @Nullable Object read(JsonParser in, int attribute) throws IOException, UndecodableException {
        try {
            return encodings[attribute].read(in);
        } catch (UndecodableException e) {
            throw e.at(entityName, names[attribute].getValue());
        } catch (RuntimeException e) {
            throw UndecodableException.failed(e).at(entityName, names[attribute].getValue());
        }
    }

    /** A marker where Hibernate does not expect it would be set as the attribute's value. */
    private boolean mayBeMarked(int attribute, Object marker) {
        return marker == LazyPropertyInitializer.UNFETCHED_PROPERTY
                ? lazy[attribute]
                : names[attribute].getValue().endsWith("Backref");
    }

    /** As {@code StructuredCacheEntry.structure}. */
    private Map<String, @Nullable Object> structure(Serializable[] state, @Nullable Object versionValue) {
        Map<String, @Nullable Object> entry = new HashMap<>(2 * (state.length + 2));
        entry.put(StructuredCacheEntry.SUBCLASS_KEY, entityName);
        entry.put(StructuredCacheEntry.VERSION_KEY, versionValue);
        for (int i = 0; i < state.length; i++) {
            entry.put(names[i].getValue(), state[i]);
        }
        return entry;
    }
}
