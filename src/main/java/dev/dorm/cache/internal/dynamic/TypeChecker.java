package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.io.Serializable;
import java.util.Collection;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * A place in the mapping, of which is known what Hibernate makes of a state that is read for it. A body can be signed
 * well and still hold a value of another class; Hibernate would fail on it, in the middle of the application's request,
 * or put it where it does not belong.
 */
public record TypeChecker(Type type) {

    /** Returns a state if Hibernate makes of it what belongs here; whatever it throws makes the bytes undecodable. */
    @Nullable
    public Object checked(@Nullable Object state) throws UndecodableException {
        if (state != null && !TaggedType.isMarker(state) && !fits(state)) {
            throw BodyFormat.malformed("not of the type that belongs there");
        }
        return state;
    }

    /** Refuses to write what {@link #checked} would refuse to read. */
    public void checkWritten(@Nullable Object state) throws UnsupportedValueException {
        try {
            checked(state);
        } catch (UndecodableException | RuntimeException e) {
            throw UnsupportedValueException.because(
                    state == null ? Object.class : state.getClass(),
                    "its type cannot assemble it again from nothing but its disassembled state");
        }
    }

    @SuppressWarnings("NullAway") // no session and no owner: what needs one is not cached in the first place
    private boolean fits(Object state) {
        if (type.isAnyType()) {
            return state instanceof ObjectTypeCacheEntry;
        }
        Object value = type.assemble((Serializable) state, null, null);
        if (value instanceof Collection<?> elements && type instanceof BasicPluralType<?, ?> plural) {
            Class<?> element = ScalarCodecs.boxed(plural.getElementType().getReturnedClass());
            for (Object each : elements) {
                if (each != null && !element.isInstance(each)) {
                    return false;
                }
            }
        }
        return ScalarCodecs.boxed(type.getReturnedClass()).isInstance(value);
    }
}
