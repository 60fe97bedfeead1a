package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.jdk.JdkKind;
import dev.dorm.cache.internal.jdk.JdkKinds;
import dev.dorm.cache.internal.time.LocalColumn;
import dev.dorm.cache.internal.value.ScalarCodecs;
import dev.dorm.cache.internal.value.StringCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/**
 * How values are written where the mapping does not say what they are: text, booleans, longs and {@code Object[]} as
 * plain JSON, and everything else as an object of one field, whose name is the value's tag.
 */
public final class DynamicEncoding implements TaggedEncoding {

    private static final String LOCAL = "local";
    private static final String ZONED = "zoned";

    private final KnownClasses classes;
    private final AllowedTypes beans;
    private final AnyReferences references;
    private final MappedValues mappedValues;
    private final ZonedValues zoned;
    /** The types of the mapping that values may have here. */
    private final TypeScope scope;
    /** How dates and times are written that are in a column without a time zone; null where they are in none. */
    private final @Nullable ValueEncoding times;

    public DynamicEncoding(
            KnownClasses classes, AnyReferences references, MappedValues mappedValues, ZonedValues zoned) {
        this(classes, new AllowedTypes(classes), references, mappedValues, zoned, TypeScope.NONE, null);
    }

    private DynamicEncoding(
            KnownClasses classes,
            AllowedTypes beans,
            AnyReferences references,
            MappedValues mappedValues,
            ZonedValues zoned,
            TypeScope scope,
            @Nullable ValueEncoding times) {
        this.classes = classes;
        this.beans = beans;
        this.references = references;
        this.mappedValues = mappedValues;
        this.zoned = zoned;
        this.scope = scope;
        this.times = times;
    }

    /** The same in a place where values may have some types of the mapping. */
    public DynamicEncoding within(TypeScope types, @Nullable ValueEncoding ofTimes) {
        return new DynamicEncoding(classes, beans, references, mappedValues, zoned, types, ofTimes);
    }

    public boolean hasTimes() {
        return times != null;
    }

    @Override
    public KnownClasses classes() {
        return classes;
    }

    @Override
    public String signature() {
        return "open";
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (holdsOthers(value)) {
            Aliases.refuse(value);
        }
        writePart(out, value);
    }

    /** Writes a value that stands in another. */
    @Override
    public void writePart(JsonGenerator out, @Nullable Object value) throws IOException, UnsupportedValueException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof String text && StringCodec.wellFormed(text)) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value.getClass() == Object[].class) {
            writeAll(out, java.util.Arrays.asList((Object[]) value));
        } else {
            tagged(out, value);
        }
    }

    @Override
    public @Nullable Object read(JsonParser in) throws IOException, UndecodableException {
        return switch (in.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_STRING -> in.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> readAll(in).toArray();
            case START_OBJECT -> readTagged(in);
            default -> throw BodyFormat.malformed("unexpected " + in.currentToken());
        };
    }

    /** Writes a value as an object, so that it stands out where a scalar is expected. */
    @Override
    public void writeTagged(JsonGenerator out, Object value) throws IOException, UnsupportedValueException {
        if (holdsOthers(value)) {
            Aliases.refuse(value);
        }
        tagged(out, value);
    }

    private static boolean holdsOthers(@Nullable Object value) {
        return value instanceof Collection<?>
                || value instanceof Map<?, ?>
                || value instanceof Object[]
                || value instanceof Map.Entry<?, ?>;
    }

    private void tagged(JsonGenerator out, Object value) throws IOException, UnsupportedValueException {
        if (times != null && LocalColumn.isTime(value.getClass())) {
            out.writeStartObject();
            out.writeFieldName(LOCAL);
            times.write(out, value);
            out.writeEndObject();
            return;
        }
        @Nullable ScalarCodec scalar = ScalarCodecs.ofValue(value);
        if (scalar == null && value.getClass().isArray() && value.getClass() != Object[].class) {
            scalar = ArrayTypes.among(value.getClass().getComponentType(), this);
        }
        out.writeStartObject();
        if (scalar != null) {
            out.writeFieldName(scalar.tag());
            scalar.write(out, value);
        } else if (value instanceof ObjectTypeCacheEntry entry) {
            out.writeFieldName("any");
            references.write(out, entry, this);
        } else if (classes.isAllowed(value.getClass())) {
            out.writeFieldName("bean");
            beans.write(out, value);
        } else {
            writeOther(out, value);
        }
        out.writeEndObject();
    }

    private void writeOther(JsonGenerator out, Object value) throws IOException, UnsupportedValueException {
        @Nullable TaggedType kind = TaggedType.ofValue(value);
        if (kind != null) {
            out.writeFieldName(kind.tag());
            kind.write(out, value, this);
            return;
        }
        if (JdkKinds.knows(value)) {
            if (!JdkKinds.write(out, value, this)) {
                throw UnsupportedValueException.inexact(
                        value.getClass(), "its capacity, order or comparator, or what it wraps");
            }
            return;
        }
        @Nullable ScalarCodec scalar = ScalarCodecs.ofClass(value);
        if (scalar != null) {
            throw UnsupportedValueException.inexact(value.getClass(), scalar.refusal());
        }
        @Nullable BasicType<?> type = scope.find(value.getClass());
        if (type == null) {
            throw UnsupportedValueException.of(value.getClass());
        }
        out.writeFieldName("mapped");
        out.writeStartArray();
        out.writeString(value.getClass().getName());
        mappedValues.write(out, type, value, this);
        out.writeEndArray();
    }

    @Override
    public @Nullable Object readTagged(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
        String tag = in.currentName();
        in.nextToken();
        @Nullable Object value = readTagged(in, tag);
        BodyFormat.expectNext(in, JsonToken.END_OBJECT);
        return value;
    }

    @Nullable
    public Object readTagged(JsonParser in, String tag) throws IOException, UndecodableException {
        @Nullable ScalarCodec scalar = ArrayTypes.isTag(tag) ? ArrayTypes.tagged(tag, this) : ScalarCodecs.ofTag(tag);
        if (scalar != null) {
            return scalar.read(in);
        }
        @Nullable TaggedType kind = TaggedType.ofTag(tag);
        if (kind != null) {
            return kind.read(in, this);
        }
        @Nullable JdkKind collection = JdkKinds.ofTag(tag);
        if (collection != null) {
            return collection.read(in, this);
        }
        return switch (tag) {
            case "any" -> references.read(in, this);
            case "bean" -> beans.read(in);
            case "mapped" -> readMapped(in);
            case LOCAL -> readLocal(in);
            case ZONED -> zoned.read(in, this);
            default -> throw new UndecodableException(Reason.MALFORMED, "a value of an unknown kind");
        };
    }

    private Object readMapped(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        in.nextToken();
        @Nullable BasicType<?> type = mappedType(classes.named(BodyFormat.text(in)));
        if (type == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "no attribute has that type");
        }
        in.nextToken();
        Object value = mappedValues.read(in, type, this);
        BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        return value;
    }

    private @Nullable BasicType<?> mappedType(Class<?> type) {
        try {
            return scope.find(type);
        } catch (UnsupportedValueException e) {
            return null;
        }
    }

    /** Writes a date or time that is right only in the time zones of this process. */
    public void writeZoned(JsonGenerator out, Object value) throws IOException, UnsupportedValueException {
        out.writeStartObject();
        out.writeFieldName(ZONED);
        zoned.write(out, value, times == null ? this : within(scope, null));
        out.writeEndObject();
    }

    private @Nullable Object readLocal(JsonParser in) throws IOException, UndecodableException {
        if (times == null) {
            throw BodyFormat.malformed("a local time where none belongs");
        }
        return times.read(in);
    }

    @Override
    public void writeAll(JsonGenerator out, Collection<?> values) throws IOException, UnsupportedValueException {
        out.writeStartArray();
        for (Object value : values) {
            writePart(out, value);
        }
        out.writeEndArray();
    }

    @Override
    public List<@Nullable Object> readAll(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        List<@Nullable Object> values = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            values.add(read(in));
        }
        return values;
    }

    /** Returns how arrays of a class are written in a column of their own; null when the elements have no one form. */
    @Nullable
    public ScalarCodec arrayOf(Class<?> component) {
        return ArrayTypes.inColumn(component, this);
    }
}
