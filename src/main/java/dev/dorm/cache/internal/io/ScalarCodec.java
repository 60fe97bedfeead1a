package dev.dorm.cache.internal.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import java.io.IOException;

/**
 * How one Java type is written when the reader knows the type: as a JSON scalar or array, never as an object, which
 * marks a {@linkplain DynamicEncoding tagged} value. Values are never null.
 */
public interface ScalarCodec {

    /** The name by which a tagged value says that it is of this type. */
    String tag();

    /** Whether this codec writes exactly this value, so that reading gives an equal one of the same class. */
    boolean accepts(Object value);

    /** Why a value of the right class may not be {@linkplain #accepts accepted}. */
    default String refusal() {
        return "it holds more than is written of it";
    }

    void write(JsonGenerator out, Object value) throws IOException, UnsupportedValueException;

    Object read(JsonParser in) throws IOException, UndecodableException;
}
