package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.dorm.cache.internal.io.PartEncoding;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How values of any class are written, each with its tag, as those that hold others ask for it. */
public interface TaggedEncoding extends PartEncoding {

    /** Returns which classes a body may name. */
    KnownClasses classes();

    /** Writes a value as an object whose one field is its tag. */
    void writeTagged(JsonGenerator out, Object value) throws IOException, UnsupportedValueException;

    /** Reads what {@link #writeTagged} wrote. */
    @Nullable
    Object readTagged(JsonParser in) throws IOException, UndecodableException;

    /** Writes an array of values. */
    void writeAll(JsonGenerator out, Collection<?> values) throws IOException, UnsupportedValueException;
}
