package dev.dorm.cache.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.hibernate.QueryShape;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/** The rows of a query result, and what a native query says of its columns, which stands before them. Thread-safe. */
final class RowEncoding {

    private static final String METADATA = "metadata";

    private final QueryShape shape;
    private final DynamicEncoding open;
    private final ColumnTypes columns;

    RowEncoding(QueryShape shape, DynamicEncoding open, ColumnTypes columns) {
        this.shape = shape;
        this.open = open;
        this.columns = columns;
    }

    void write(JsonGenerator out, @Nullable Object row) throws IOException, UnsupportedValueException {
        if (row != null && shape.isMetadata(row)) {
            writeMetadata(out, row);
            return;
        }
        try {
            open.write(out, row);
        } catch (UnsupportedValueException e) {
            throw e.at("a query", "result");
        } catch (IOException | RuntimeException e) {
            throw UnsupportedValueException.failed(row, e).at("a query", "result");
        }
    }

    private void writeMetadata(JsonGenerator out, Object metadata) throws IOException, UnsupportedValueException {
        out.writeStartObject();
        out.writeFieldName(METADATA);
        out.writeStartArray();
        open.write(out, shape.columns(metadata));
        out.writeStartArray();
        for (BasicType<?> type : shape.types(metadata)) {
            columns.write(out, type);
        }
        out.writeEndArray();
        open.write(out, shape.indexes(metadata));
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Reads a row, and gives it the form that no version of Hibernate mistakes for another. */
    @Nullable
    Object read(JsonParser in) throws IOException, UndecodableException {
        try {
            @Nullable Object row = readRow(in);
            return isMistaken(row) ? new Object[] {row} : row;
        } catch (UndecodableException e) {
            throw e.at("a query", "result");
        } catch (RuntimeException e) {
            throw UndecodableException.failed(e).at("a query", "result");
        }
    }

    private @Nullable Object readRow(JsonParser in) throws IOException, UndecodableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return open.read(in);
        }
        BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
        String tag = in.currentName();
        in.nextToken();
        @Nullable Object row = tag.equals(METADATA) ? metadata(in) : open.readTagged(in, tag);
        BodyFormat.expectNext(in, JsonToken.END_OBJECT);
        return row;
    }

    private Object metadata(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        in.nextToken();
        @Nullable String[] names = (String[]) open.read(in);
        BodyFormat.expectNext(in, JsonToken.START_ARRAY);
        List<@Nullable BasicType<?>> types = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            types.add(columns.read(in));
        }
        in.nextToken();
        int @Nullable [] indexes = (int[]) open.read(in);
        BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        if (names == null || names.length != types.size() || (indexes == null) == shape.indexed()) {
            throw BodyFormat.malformed("not the metadata of a result");
        }
        return shape.metadata(names, types.toArray(BasicType<?>[]::new), indexes);
    }

    /**
     * {@code JdbcValuesCacheHit.getCurrentRowValue} of 6.6 fails on a row that is null, and since then takes one whose
     * only value is an array for an array of values; one value in an array is the same to every version.
     */
    private static boolean isMistaken(@Nullable Object row) {
        return row == null || (row instanceof Object[] && row.getClass() != Object[].class);
    }
}
