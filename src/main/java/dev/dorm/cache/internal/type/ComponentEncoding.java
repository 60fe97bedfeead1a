package dev.dorm.cache.internal.type;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.TaggedType;
import dev.dorm.cache.internal.dynamic.TypeChecker;
import dev.dorm.cache.internal.hibernate.mapping.Discriminators;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.value.Primitives;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.spi.EmbeddableRepresentationStrategy;
import org.hibernate.type.ComponentType;
import org.jspecify.annotations.Nullable;

/**
 * An embeddable, which {@code ComponentType.disassemble} turns into the array of its attributes' states, and after them,
 * for one with subclasses, the discriminator.
 *
 * @param names the attributes' names, for the fingerprint
 * @param parts their encodings
 * @param open how the discriminator is written
 * @param place what it is
 * @param primitives the attributes that cannot be null
 * @param subclasses knows the discriminators; null for an embeddable without subclasses
 */
record ComponentEncoding(
        List<String> names,
        List<ValueEncoding> parts,
        DynamicEncoding open,
        TypeChecker place,
        Set<Integer> primitives,
        @Nullable EmbeddableRepresentationStrategy subclasses)
        implements ValueEncoding {

    static ComponentEncoding of(ComponentType type, List<ValueEncoding> parts, DynamicEncoding open) {
        EmbeddableMappingType embeddable = type.getMappingModelPart().getEmbeddableTypeDescriptor();
        List<String> names = Discriminators.without(type);
        Set<Integer> primitives = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (Primitives.holds(embeddable.findAttributeMapping(names.get(i)))) {
                primitives.add(i);
            }
        }
        return new ComponentEncoding(
                names,
                parts.subList(0, names.size()),
                open,
                new TypeChecker(type),
                Set.copyOf(primitives),
                embeddable.isPolymorphic() ? embeddable.getRepresentationStrategy() : null);
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
            return;
        }
        int extra = value instanceof Object[] array ? array.length - parts.size() : -1;
        if (extra != 0 && extra != 1) {
            place.checkWritten(value);
            open.writeTagged(out, value);
            return;
        }
        Object[] state = (Object[]) value;
        out.writeStartArray();
        for (int i = 0; i < parts.size(); i++) {
            try {
                parts.get(i).write(out, state[i]);
            } catch (UnsupportedValueException e) {
                throw e.within(names.get(i));
            } catch (IOException | RuntimeException e) {
                throw UnsupportedValueException.failed(state[i], e).within(names.get(i));
            }
        }
        if (extra == 1) {
            open.write(out, state[parts.size()]);
        }
        out.writeEndArray();
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return place.checked(open.readTagged(in));
        }
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        @Nullable Object[] state = new Object[parts.size()];
        for (int i = 0; i < state.length; i++) {
            if (in.nextToken() == JsonToken.END_ARRAY) {
                throw BodyFormat.malformed("an embeddable with too few attributes");
            }
            state[i] = parts.get(i).read(in);
            if (state[i] == null ? primitives.contains(i) : TaggedType.isMarker(state[i])) {
                throw BodyFormat.malformed("an embeddable with an attribute that cannot be");
            }
        }
        if (subclasses == null) {
            BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        } else {
            in.nextToken();
            state = java.util.Arrays.copyOf(state, parts.size() + 1);
            state[parts.size()] = open.read(in);
            if (subclasses.getInstantiatorForDiscriminator(state[parts.size()]) == null) {
                throw BodyFormat.malformed("an embeddable of no known subclass");
            }
            BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        }
        return state;
    }

    @Override
    public String signature() {
        return parts.stream().map(ValueEncoding::signature).collect(Collectors.joining(",", names + "(", ")"));
    }
}
