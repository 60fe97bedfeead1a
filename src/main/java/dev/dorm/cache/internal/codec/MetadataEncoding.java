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

/** What a native query says of its columns: <code>[[name...],[type...],indexes]</code>. Thread-safe. */
final class MetadataEncoding {

    private final QueryShape shape;
    private final DynamicEncoding open;
    private final ColumnTypes columns;

    MetadataEncoding(QueryShape shape, DynamicEncoding open, ColumnTypes columns) {
        this.shape = shape;
        this.open = open;
        this.columns = columns;
    }

    void write(JsonGenerator out, Object metadata) throws IOException, UnsupportedValueException {
        out.writeStartArray();
        open.write(out, shape.columns(metadata));
        out.writeStartArray();
        for (BasicType<?> type : shape.types(metadata)) {
            columns.write(out, type);
        }
        out.writeEndArray();
        open.write(out, shape.indexes(metadata));
        out.writeEndArray();
    }

    Object read(JsonParser in) throws IOException, UndecodableException {
        try {
            return readParts(in);
        } catch (UndecodableException e) {
            throw e.at("a query", "result");
        } catch (RuntimeException e) {
            throw UndecodableException.failed(e).at("a query", "result");
        }
    }

    private Object readParts(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expectNext(in, JsonToken.START_ARRAY);
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
}
