package dev.dorm.cache.internal.jdk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.PartEncoding;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one of the JDK's collections is written: as an array of what it is made of. Before it is written it is made again
 * of the same elements, and what comes out is compared ({@link Frame#same}): whatever a reader would get otherwise, in
 * another order or of another capacity, is not written.
 *
 * @param tag the name by which a value says that it is one
 * @param setting whether a setting stands before the elements: a capacity, a comparator, a class
 * @param settings which settings a value may have been made with
 * @param elements what a value holds, in its own order
 * @param making makes it of a setting and its elements
 * @param proof how it is made sure that it can be made again
 */
public record JdkKind(
        String tag,
        boolean setting,
        Function<Object, List<? extends @Nullable Object>> settings,
        Function<Object, List<@Nullable Object>> elements,
        Making making,
        Proof proof) {

    /** What is compared before a value is written. */
    enum Proof {
        /** Nothing: there is nothing but elements, and their order is theirs, or none. */
        NONE,
        /** What the serialized form says beside the elements. */
        FRAME,
        /** That, and the order of the elements. */
        FRAME_AND_ORDER
    }

    /** Makes a value; whatever it throws makes the bytes undecodable. */
    interface Making {
        @Nullable
        Object of(@Nullable Object setting, List<@Nullable Object> elements);
    }

    /** Writes a value, unless it cannot be made again. */
    boolean write(JsonGenerator out, Object value, PartEncoding open) throws IOException, UnsupportedValueException {
        List<@Nullable Object> held;
        List<? extends @Nullable Object> made;
        try {
            held = elements.apply(value);
            made = settings.apply(value);
        } catch (RuntimeException e) {
            return false;
        }
        for (Object each : made) {
            if (proof == Proof.NONE || remakes(value, each, held)) {
                out.writeFieldName(tag);
                out.writeStartArray();
                if (setting) {
                    open.writePart(out, each);
                }
                for (Object element : held) {
                    open.writePart(out, element);
                }
                out.writeEndArray();
                return true;
            }
        }
        return false;
    }

    private boolean remakes(Object value, @Nullable Object with, List<@Nullable Object> held) {
        try {
            Object made = making.of(with, held);
            return made != null
                    && Frame.same(value, made)
                    && (proof == Proof.FRAME || inOrder(held, elements.apply(made)));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Whether two lists hold the very same objects. */
    static boolean inOrder(List<?> some, List<?> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i) == others.get(i);
        }
        return same;
    }

    public Object read(JsonParser in, PartEncoding open) throws IOException, UndecodableException {
        List<@Nullable Object> all = open.readAll(in);
        if (setting && all.isEmpty()) {
            throw BodyFormat.malformed("a collection without its setting");
        }
        Object made =
                setting ? making.of(all.get(0), new ArrayList<>(all.subList(1, all.size()))) : making.of(null, all);
        if (made == null) {
            throw BodyFormat.malformed("a collection that cannot be");
        }
        return made;
    }
}
