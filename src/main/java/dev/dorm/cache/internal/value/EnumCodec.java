package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The constants of one enum, by name. A constant that the reader does not have makes the row undecodable; one that does
 * not occur does no harm, so that old and new versions of an application share their rows while a constant is added.
 */
public final class EnumCodec implements ScalarCodec {

    private final Class<?> type;
    private final Map<String, Object> constants = new HashMap<>();

    public EnumCodec(Class<?> type) {
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    public String tag() {
        return "enum:" + type.getName();
    }

    @Override
    public boolean accepts(Object value) {
        return type.isInstance(value);
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        out.writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.VALUE_STRING);
        return constant(in.getText());
    }

    public Object constant(String name) throws UndecodableException {
        @Nullable Object constant = constants.get(name);
        if (constant == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "no such constant of " + type.getName());
        }
        return constant;
    }
}
