package dev.dorm.cache.internal.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How values of any class are written that stand in another. */
public interface PartEncoding extends ValueEncoding {

    /** Writes a value that stands in another. */
    void writePart(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException;

    /** Reads an array of values. */
    List<@Nullable Object> readAll(JsonParser in) throws IOException, UndecodableException;
}
