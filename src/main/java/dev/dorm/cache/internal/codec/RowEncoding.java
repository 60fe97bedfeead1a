package dev.dorm.cache.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.dorm.cache.internal.dynamic.Aliases;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.entity.Fingerprint;
import dev.dorm.cache.internal.hibernate.MistakenRows;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query result: <code>"c":[column...],"v":[value...]</code>, the values row by row, or
 * <code>"c":column,"v":[value...]</code> when each row is one value. A number in a column that has none refers to the row
 * that has the same value. Thread-safe.
 *
 * <p>Each value takes a byte at least, and what it refers to was made before: so bytes make no more of a result than their
 * own number of references, whatever they say.
 */
final class RowEncoding {

    private static final SerializableString COLUMNS = new SerializedString("c");
    private static final SerializableString VALUES = new SerializedString("v");

    private final DynamicEncoding open;

    RowEncoding(DynamicEncoding open) {
        this.open = open;
    }

    void write(JsonGenerator out, List<?> rows) throws IOException, UnsupportedValueException {
        boolean single = !areOfOneWidth(rows);
        List<ResultColumn> columns = columns(rows, single);
        out.writeFieldName(COLUMNS);
        if (single) {
            out.writeString(columns.get(0).name());
        } else {
            out.writeStartArray();
            for (ResultColumn column : columns) {
                out.writeString(column.name());
            }
            out.writeEndArray();
        }
        out.writeFieldName(VALUES);
        out.writeStartArray();
        List<Map<Object, Integer>> written = new ArrayList<>();
        columns.forEach(column -> written.add(new HashMap<>()));
        for (int i = 0; i < rows.size(); i++) {
            write(out, rows.get(i), single, columns, written, i);
        }
        out.writeEndArray();
    }

    /** Whether all rows are arrays of as many values; what is none of them is one value itself. */
    private static boolean areOfOneWidth(List<?> rows) {
        int width = -1;
        for (Object row : rows) {
            if (row == null || row.getClass() != Object[].class) {
                return false;
            }
            int found = ((Object[]) row).length;
            if (found == 0 || (width >= 0 && found != width)) {
                return false;
            }
            width = found;
        }
        return true;
    }

    private List<ResultColumn> columns(List<?> rows, boolean single) {
        List<ResultColumn> columns = new ArrayList<>();
        if (single) {
            columns.add(ResultColumn.of(rows, open));
        } else if (!rows.isEmpty()) {
            int width = ((Object[]) rows.get(0)).length;
            for (int i = 0; i < width; i++) {
                int at = i;
                columns.add(ResultColumn.of(
                        () -> rows.stream().map(row -> ((Object[]) row)[at]).iterator(), open));
            }
        }
        return columns;
    }

    private static void write(
            JsonGenerator out,
            @Nullable Object row,
            boolean single,
            List<ResultColumn> columns,
            List<Map<Object, Integer>> written,
            int number)
            throws UnsupportedValueException {
        try {
            if (row != null) {
                Aliases.refuse(row);
            }
            for (int i = 0; i < columns.size(); i++) {
                Object value = single ? row : ((Object[]) Objects.requireNonNull(row))[i];
                @Nullable
                Integer earlier = value != null && columns.get(i).isRepeatable()
                        ? written.get(i).putIfAbsent(value, number)
                        : null;
                if (earlier == null) {
                    columns.get(i).write(out, value);
                } else {
                    out.writeNumber(earlier);
                }
            }
        } catch (UnsupportedValueException e) {
            throw e.at("a query", "result");
        } catch (IOException | RuntimeException e) {
            throw UnsupportedValueException.failed(row, e).at("a query", "result");
        }
    }

    /** Reads the rows behind those that were read before, each in the form that no version of Hibernate mistakes. */
    void read(JsonParser in, List<Object> rows) throws IOException, UndecodableException {
        try {
            if (!in.currentName().equals(COLUMNS.getValue())) {
                throw BodyFormat.malformed("no columns");
            }
            if (in.nextToken() == JsonToken.VALUE_STRING) {
                readValues(in, ResultColumn.named(in.getText(), open), rows);
            } else {
                readRows(in, readColumns(in), rows);
            }
        } catch (UndecodableException e) {
            throw e.at("a query", "result");
        } catch (RuntimeException e) {
            throw UndecodableException.failed(e).at("a query", "result");
        }
    }

    private ResultColumn[] readColumns(JsonParser in) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        List<ResultColumn> columns = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            columns.add(ResultColumn.named(BodyFormat.text(in), open));
        }
        return columns.toArray(ResultColumn[]::new);
    }

    private static void readValues(JsonParser in, ResultColumn column, List<Object> rows)
            throws IOException, UndecodableException {
        int first = rows.size();
        toValues(in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            rows.add(
                    column.isReference(in)
                            ? single(rows.get(earlier(in, rows, first)))
                            : MistakenRows.unmistakable(column.read(in)));
        }
    }

    private static void readRows(JsonParser in, ResultColumn[] columns, List<Object> rows)
            throws IOException, UndecodableException {
        int first = rows.size();
        toValues(in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (columns.length == 0) {
                throw BodyFormat.malformed("values of no column");
            }
            @Nullable Object[] row = new Object[columns.length];
            for (int i = 0; i < row.length; i++) {
                if (i > 0) {
                    in.nextToken();
                }
                row[i] = columns[i].isReference(in)
                        ? ((Object[]) rows.get(earlier(in, rows, first)))[i]
                        : columns[i].read(in);
            }
            rows.add(row);
        }
    }

    private static void toValues(JsonParser in) throws IOException, UndecodableException {
        Fingerprint.field(in, VALUES);
        BodyFormat.expectNext(in, JsonToken.START_ARRAY);
    }

    /** Returns the index of the row that a value refers to. */
    private static int earlier(JsonParser in, List<Object> rows, int first) throws IOException, UndecodableException {
        int number = in.getIntValue();
        if (number < 0 || number >= rows.size() - first) {
            throw BodyFormat.malformed("a value of a row that is none before");
        }
        return first + number;
    }

    private static Object single(Object row) throws UndecodableException {
        if (row instanceof Object[]) {
            throw BodyFormat.malformed("a reference to no value");
        }
        return row;
    }
}
