package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.hibernate.QueryShape;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of any query result have in common. Of which classes a query's columns are nobody tells the cache, so
 * that a signed body of other values in these forms is believed.
 */
final class QueryRows {

    private QueryRows() {}

    static void check(List<Object> rows, QueryShape shape) throws UndecodableException {
        if (rows.isEmpty()) {
            return;
        }
        // JdbcValuesCacheHit casts the last element, which is the number of results, and makes room for as many.
        if (!(rows.get(rows.size() - 1) instanceof Integer count) || count < 0) {
            throw BodyFormat.malformed("no number of results");
        }
        int first = shape.isMetadata(rows.get(0)) ? 1 : 0;
        int width = -1;
        for (Object row : rows.subList(first, Math.max(first, rows.size() - 1))) {
            int found = row instanceof Object[] values && row.getClass() == Object[].class ? values.length : 1;
            if (shape.isMetadata(row) || (width >= 0 && found != width)) {
                throw BodyFormat.malformed("rows that differ in kind");
            }
            width = found;
        }
        if (first == 1 && width >= 0) {
            checkIndexes(shape.indexes(rows.get(0)), width);
        }
    }

    /** JdbcValuesCacheHit finds a row's values by these. */
    private static void checkIndexes(int @Nullable [] indexes, int width) throws UndecodableException {
        for (int index : indexes == null ? new int[0] : indexes) {
            if (index < -1 || index >= width) {
                throw BodyFormat.malformed("a column that no row has");
            }
        }
    }
}
