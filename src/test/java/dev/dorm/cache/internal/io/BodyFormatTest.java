package dev.dorm.cache.internal.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.ThreadMXBean;
import dev.dorm.cache.internal.signing.Envelope;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound on a body, from both sides: what an application may have is read, what is beyond it costs nothing. */
class BodyFormatTest {

    private static final int LONGEST = Envelope.LONGEST_BODY;

    /** Reads everything that stands in a body, as text. */
    private static long read(Format format, byte[] body) throws UndecodableException {
        return new BodyFormat(format).read(body, 0, body.length, in -> {
            long characters = 0;
            int depth = 0;
            do {
                JsonToken token = in.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                characters += token.isScalarValue() ? text(in) : 0;
            } while (depth > 0 && in.nextToken() != null);
            return characters;
        });
    }

    private static long text(JsonParser in) throws java.io.IOException {
        return in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                ? in.getBinaryValue().length
                : in.getText().length();
    }

    private static byte[] write(Format format, BodyFormat.Writing writing) throws UnsupportedValueException {
        return new BodyFormat(format).write(writing);
    }

    private static void nested(JsonGenerator out, int depth) throws java.io.IOException {
        for (int i = 0; i < depth; i++) {
            out.writeStartArray();
        }
        for (int i = 0; i < depth; i++) {
            out.writeEndArray();
        }
    }

    private static byte[] nested(Format format, int depth) {
        byte[] body = new byte[2 * depth];
        Arrays.fill(body, 0, depth, (byte) (format == Format.JSON ? '[' : 0xF8));
        Arrays.fill(body, depth, 2 * depth, (byte) (format == Format.JSON ? ']' : 0xF9));
        return format == Format.JSON ? body : smile(body);
    }

    private static byte[] smile(byte[] tokens) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {':', ')', '\n', 0});
        body.writeBytes(tokens);
        return body.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void depth(Format format) throws Exception {
        assertThat(read(format, write(format, out -> nested(out, BodyFormat.DEEPEST))))
                .isZero();
        assertThat(read(format, nested(format, BodyFormat.DEEPEST))).isZero();
        for (int depth : new int[] {BodyFormat.DEEPEST + 1, 10_000, 1_000_000}) {
            byte[] deep = nested(format, depth);
            assertThatThrownBy(() -> read(format, deep)).isInstanceOf(UndecodableException.class);
        }
        assertThatThrownBy(() -> write(format, out -> nested(out, BodyFormat.DEEPEST + 1)))
                .isInstanceOf(UnsupportedValueException.class);
    }

    @Test
    void numbers() throws Exception {
        assertThat(read(Format.JSON, "7".repeat(BodyFormat.LONGEST_NUMBER).getBytes(UTF_8)))
                .isEqualTo(BodyFormat.LONGEST_NUMBER);
        for (String number : new String[] {"7".repeat(BodyFormat.LONGEST_NUMBER + 1), "7".repeat(1_000_000)}) {
            assertThatThrownBy(() -> new BodyFormat(Format.JSON)
                            .read(number.getBytes(UTF_8), 0, number.length(), JsonParser::getBigIntegerValue))
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void numbersOfThatLengthAreNotWrittenToo(Format format) throws Exception {
        BigInteger fits = BigInteger.TEN.pow(BodyFormat.LONGEST_NUMBER - 1);
        byte[] body = write(format, out -> out.writeNumber(fits));
        assertThat(new BodyFormat(format).read(body, 0, body.length, JsonParser::getBigIntegerValue))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void names(Format format) throws Exception {
        byte[] fits = write(format, out -> named(out, BodyFormat.LONGEST_NAME));
        assertThat(read(format, fits)).isEqualTo(1);
        byte[] longer = write(format, out -> named(out, 4 * BodyFormat.LONGEST_NAME));
        assertThatThrownBy(() -> read(format, longer)).isInstanceOf(UndecodableException.class);
    }

    private static void named(JsonGenerator out, int length) throws java.io.IOException {
        out.writeStartObject();
        out.writeStringField("n".repeat(length), "x");
        out.writeEndObject();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void textAndBytesOfTwentyMegabytes(Format format) throws Exception {
        int length = 20_000_000;
        assertThat(read(format, write(format, out -> out.writeString("x".repeat(length)))))
                .isEqualTo(length);
        byte[] body = write(format, out -> out.writeBinary(new byte[length]));
        byte[] bytes = new BodyFormat(format).read(body, 0, body.length, JsonParser::getBinaryValue);
        assertThat(bytes).hasSize(length);
    }

    @Test
    void length() throws Exception {
        byte[] fits = write(Format.JSON, out -> out.writeString("x".repeat(LONGEST - 2)));
        assertThat(read(Format.JSON, fits)).isEqualTo(LONGEST - 2);
        assertThatThrownBy(() -> write(Format.JSON, out -> out.writeString("x".repeat(LONGEST - 1))))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessageContaining("longer than 33554432 bytes");
        byte[] longer = Arrays.copyOf(fits, fits.length + 1);
        longer[longer.length - 1] = ' ';
        assertThatThrownBy(() -> read(Format.JSON, longer)).isInstanceOf(UndecodableException.class);
    }

    /** Tokens that say how much follows them: two thousand million bytes, of which there are ten. */
    @ParameterizedTest
    @ValueSource(ints = {0x26, 0x2A, 0xE0, 0xE4, 0xE8, 0xFD, 0x34, 0x38})
    void whatABodySaysOfItsLengthIsNotBelieved(int token) {
        byte[] tokens = new byte[20];
        tokens[0] = (byte) token;
        byte[] most = {0x0F, 0x7F, 0x7F, 0x7F, (byte) 0xBF};
        System.arraycopy(most, 0, tokens, 1, most.length);
        cheaply(smile(tokens));
        byte[] scaled = new byte[20];
        scaled[0] = (byte) token;
        scaled[1] = (byte) 0x80;
        System.arraycopy(most, 0, scaled, 2, most.length);
        cheaply(smile(scaled));
    }

    @Test
    void whatIsCutShortCostsWhatIsThere() {
        for (String body :
                new String[] {"[", "{\"a\":", "\"", "[".repeat(99), "{\"a\":[1,2,{\"b\":\"c", "tru", "-", "1e"}) {
            cheaply(body.getBytes(UTF_8));
        }
        cheaply("{".getBytes(ISO_8859_1));
        cheaply(new byte[0]);
    }

    private static void cheaply(byte[] body) {
        Format format = body.length > 2 && body[0] == ':' ? Format.SMILE : Format.JSON;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> read(format, body)).isInstanceOf(UndecodableException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000_000);
    }
}
