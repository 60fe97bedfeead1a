package dev.dorm.cache.internal.entity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Digests;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A digest of the mapping by which a body was written: names, Java types and encodings of the attributes, an entity's
 * columns, the hierarchy's root, the version attribute. Constants of enums are not in it: one that the reader lacks makes only the rows in which
 * it occurs undecodable.
 */
public final class Fingerprint {

    private static final SerializableString FIELD = new SerializedString("f");
    private static final int DIGITS = 16;

    private final StringBuilder parts = new StringBuilder();

    public Fingerprint(String kind) {
        add(kind);
    }

    public Fingerprint add(String part) {
        parts.append(part.length()).append(':').append(part);
        return this;
    }

    public String finish() {
        return HexFormat.of()
                .formatHex(Digests.sha256(parts.toString().getBytes(UTF_8)))
                .substring(0, DIGITS);
    }

    static void write(JsonGenerator out, String fingerprint) throws IOException {
        out.writeFieldName(FIELD);
        out.writeString(fingerprint);
    }

    /** Reads a fingerprint; returns the very one that is expected when it is equal. */
    static String read(JsonParser in, @Nullable String expected) throws IOException, UndecodableException {
        field(in, FIELD);
        in.nextToken();
        return BodyFormat.text(in, expected);
    }

    static void check(String expected, String found) throws UndecodableException {
        if (!expected.equals(found)) {
            throw new UndecodableException(Reason.OTHER_MAPPING, "written by another mapping");
        }
    }

    public static void field(JsonParser in, SerializableString name) throws IOException, UndecodableException {
        if (!in.nextFieldName(name)) {
            isAt(in, name);
        }
    }

    /** Says that the parser has come to a field. */
    public static void isAt(JsonParser in, SerializableString name) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.FIELD_NAME);
        if (!name.getValue().equals(in.currentName())) {
            throw BodyFormat.malformed("another field than " + name.getValue());
        }
    }
}
