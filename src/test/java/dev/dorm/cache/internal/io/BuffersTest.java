package dev.dorm.cache.internal.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies are written and read with buffers that are used again. */
class BuffersTest {

    private static byte[] write(BodyFormat bodies, String text) throws UnsupportedValueException {
        return bodies.write(out -> {
            out.writeStartArray();
            out.writeString(text);
            out.writeEndArray();
        });
    }

    private static String read(BodyFormat bodies, byte[] body) throws UndecodableException {
        return read(bodies, body, body.length);
    }

    private static String read(BodyFormat bodies, byte[] body, int length) throws UndecodableException {
        return bodies.read(body, 0, length, in -> {
            BodyFormat.expect(in, JsonToken.START_ARRAY);
            BodyFormat.expectNext(in, JsonToken.VALUE_STRING);
            String text = in.getText();
            BodyFormat.expectNext(in, JsonToken.END_ARRAY);
            return text;
        });
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void noThreadSeesWhatAnotherWrites(Format format) {
        BodyFormat bodies = new BodyFormat(format);
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .filter(i -> {
                            String text = ("text " + i + " ").repeat(1 + i % 50);
                            try {
                                return !read(bodies, write(bodies, text)).equals(text);
                            } catch (UnsupportedValueException | UndecodableException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aBodyMayBeLongerThanItsBuffers(Format format) throws Exception {
        BodyFormat bodies = new BodyFormat(format);
        for (int length : new int[] {0, 1, 7_990, 8_000, 16_000, 100_000, 3_000_000}) {
            String text = "ü".repeat(length);
            byte[] body = write(bodies, text);
            assertThat(read(bodies, body)).isEqualTo(text);
            assertThat(body).hasSizeGreaterThan(text.getBytes(UTF_8).length);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatFailsSpoilsNothing(Format format) throws Exception {
        BodyFormat bodies = new BodyFormat(format);
        byte[] body = write(bodies, "whole");
        for (int length = 0; length < body.length; length++) {
            int some = length;
            assertThatThrownBy(() -> read(bodies, body, some)).isInstanceOf(UndecodableException.class);
            assertThat(read(bodies, body)).isEqualTo("whole");
        }
    }
}
