package dev.dorm.cache.internal.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.ObjectPool;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opens generators and parsers of one format, and turns every way in which hostile bytes can fail into one. */
public final class BodyFormat {

    /**
     * How deep values may stand in each other. Embeddables and collections in attributes reach ten or so; the stack of a
     * thread bears some thousands.
     */
    public static final int DEEPEST = 100;

    /** Digits of a number. Ours have 25 at most; beans may have longer ones, whose parsing takes quadratic time. */
    static final int LONGEST_NUMBER = 1_000;

    /** Characters of a name: an attribute's, a tag with a class's name in it. A parser remembers up to 6,000 of them. */
    static final int LONGEST_NAME = 1_000;

    /** Bounds what a parser will build from a body, whatever the body says. */
    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(LONGEST_NUMBER)
            .maxNameLength(LONGEST_NAME)
            .maxStringLength(Envelope.LONGEST_BODY)
            .maxDocumentLength(Envelope.LONGEST_BODY)
            .build();

    /** A body that could not be read is not written. */
    private static final StreamWriteConstraints WRITE_CONSTRAINTS =
            StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build();

    private final JsonFactory factory;

    public BodyFormat(Format format) {
        this.factory = format == Format.JSON ? json() : smile();
    }

    public byte[] write(Writing writing) throws UnsupportedValueException {
        Collected bytes = new Collected();
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            writing.to(out);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw UnsupportedValueException.failed(null, e);
        }
        if (bytes.length > Envelope.LONGEST_BODY) {
            throw UnsupportedValueException.because(
                    Object.class, "an entry is longer than " + Envelope.LONGEST_BODY + " bytes");
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("CatchingUnchecked")
    public <T> T read(byte[] bytes, int offset, int length, Reading<T> reading) throws UndecodableException {
        if (length > Envelope.LONGEST_BODY) {
            throw malformed("longer than " + Envelope.LONGEST_BODY + " bytes");
        }
        try (JsonParser in = factory.createParser(bytes, offset, length)) {
            in.nextToken();
            T value = reading.from(in);
            if (in.nextToken() != null) {
                throw malformed("something stands after the end");
            }
            return value;
        } catch (UndecodableException e) {
            throw e;
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            // Bytes that pass the signature but not the decoder are a miss like any other, whatever they provoke.
            throw new UndecodableException(Reason.MALFORMED, "the bytes cannot be decoded: " + e, e);
        }
    }

    public static void expect(JsonParser in, JsonToken token) throws UndecodableException {
        if (in.currentToken() != token) {
            throw malformed("expected " + token + " but found " + in.currentToken());
        }
    }

    public static void expectNext(JsonParser in, JsonToken token) throws IOException, UndecodableException {
        in.nextToken();
        expect(in, token);
    }

    public static UndecodableException malformed(String message) {
        return new UndecodableException(Reason.MALFORMED, message);
    }

    private static JsonFactory json() {
        return hardened(JsonFactory.builder());
    }

    private static JsonFactory smile() {
        try {
            return hardened(SmileBodies.builder());
        } catch (NoClassDefFoundError e) {
            throw new SettingException(
                    "Setting hibernate.cache.dorm.format is smile, which needs"
                            + " com.fasterxml.jackson.dataformat:jackson-dataformat-smile on the class path",
                    e);
        }
    }

    private static JsonFactory hardened(TSFBuilder<?, ?> builder) {
        builder.streamReadConstraints(CONSTRAINTS);
        builder.streamWriteConstraints(WRITE_CONSTRAINTS);
        builder.recyclerPool(new Buffers());
        builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
        // As exact as the JDK's, without its buffers for each number.
        builder.enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER);
        return builder.build();
    }

    /** What a generator flushes from its buffer; most bodies at once, and then they are copied once. */
    private static final class Collected extends OutputStream {

        private byte[] bytes = {};
        private int length;

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] more, int offset, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * length));
            }
            System.arraycopy(more, offset, bytes, length, count);
            length += count;
        }

        byte[] toByteArray() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /** Jackson's buffers: a body that is written or read has them to itself, and hands them on. */
    private static final class Buffers implements RecyclerPool<BufferRecycler> {

        private static final long serialVersionUID = 1L;

        private final transient ObjectPool<BufferRecycler> spares = new ObjectPool<>(BufferRecycler::new);

        @Override
        public BufferRecycler acquirePooled() {
            return spares.take();
        }

        @Override
        public void releasePooled(BufferRecycler buffers) {
            spares.give(buffers);
        }
    }

    /** Writes a body. */
    public interface Writing {
        void to(JsonGenerator out) throws IOException, UnsupportedValueException;
    }

    /** Reads a body whose first token is the parser's current one. */
    public interface Reading<T extends @Nullable Object> {
        T from(JsonParser in) throws IOException, UndecodableException;
    }

    /** Reads text. */
    public static String text(JsonParser in) throws IOException, UndecodableException {
        expect(in, JsonToken.VALUE_STRING);
        return in.getText();
    }

    /** Reads text that is most likely known already, and then is not made again. */
    public static String text(JsonParser in, @Nullable String likely) throws IOException, UndecodableException {
        expect(in, JsonToken.VALUE_STRING);
        return likely != null && isText(in, likely) ? likely : in.getText();
    }

    private static boolean isText(JsonParser in, String likely) throws IOException {
        char[] chars = in.getTextCharacters();
        int offset = in.getTextOffset();
        int length = in.getTextLength();
        if (length != likely.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (chars[offset + i] != likely.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
