package dev.dorm.cache.internal.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Predicate;

/** A type whose values are written as text. */
record TextCodec(String tag, Predicate<Object> test, Function<Object, String> print, Parse parse, String refusal)
        implements ScalarCodec {

    TextCodec(String tag, Predicate<Object> test, Function<Object, String> print, Parse parse) {
        this(tag, test, print, parse, "it holds more than is written of it");
    }

    /** Reads a value from its text. */
    interface Parse {
        Object from(String text) throws IOException, UndecodableException;
    }

    static <T> TextCodec of(String tag, Class<T> type, Function<T, String> print, Parse parse) {
        return new TextCodec(tag, value -> value.getClass() == type, value -> print.apply(type.cast(value)), parse);
    }

    @Override
    public boolean accepts(Object value) {
        return test.test(value);
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        out.writeString(print.apply(value));
    }

    @Override
    public Object read(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.VALUE_STRING);
        return parse.from(in.getText());
    }
}
