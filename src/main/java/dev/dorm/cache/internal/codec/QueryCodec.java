package dev.dorm.cache.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.entity.Fingerprint;
import dev.dorm.cache.internal.hibernate.CoarseKeys;
import dev.dorm.cache.internal.hibernate.FilterValues;
import dev.dorm.cache.internal.hibernate.NativeTables;
import dev.dorm.cache.internal.hibernate.QueryShape;
import dev.dorm.cache.internal.hibernate.RunningQuery;
import dev.dorm.cache.internal.hibernate.SelectList;
import dev.dorm.cache.internal.hibernate.SkippedColumns;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Digests;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.key.Canonical;
import dev.dorm.cache.internal.key.PaddedLists;
import dev.dorm.cache.internal.time.WallClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.NativeQuery;
import org.hibernate.sql.results.jdbc.spi.JdbcValuesMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Query results: <code>{"ts":timestamp,"t":[table...],"m":metadata,"c":columns,"v":[value...],"n":results}</code>. Tables and
 * metadata stand in the results of native queries only. Thread-safe.
 *
 * <p>Hibernate puts values as JDBC gave them ({@code JdbcValuesResultSetImpl.finishRowProcessing}), without the columns'
 * types. So the columns are named after their values' classes.
 */
public final class QueryCodec implements ResultCodec {

    private static final SerializableString TIMESTAMP = new SerializedString("ts");
    private static final SerializableString TABLES = new SerializedString("t");
    private static final SerializableString METADATA = new SerializedString("m");
    private static final SerializableString RESULTS = new SerializedString("n");

    /** Results that are written in another form stand under other keys. */
    private static final String FORM = "columns";

    private final BodyFormat bodies;
    private final QueryShape shape;
    private final DynamicEncoding open;
    private final MetadataEncoding metadata;
    private final RowEncoding rows;
    private final String mapping;

    public QueryCodec(QueryShape shape, BodyFormat bodies, DynamicEncoding open, ColumnTypes columns, String mapping) {
        this.shape = shape;
        this.bodies = bodies;
        this.open = open;
        this.metadata = new MetadataEncoding(shape, open, columns);
        this.rows = new RowEncoding(open);
        this.mapping = mapping;
    }

    /**
     * Returns what results must have in common for one JVM to read another's: the version of Hibernate, the mapping, and the
     * form in which they are written. It is part of every {@linkplain #digest digest}.
     *
     * @return a short text
     */
    public String shapeId() {
        return shape.id() + " " + mapping + " " + FORM;
    }

    @Override
    public String sql(QueryKey key) {
        return shape.sql(key);
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is one of the SQL, limits, enabled filters and what their resolvers give, tenant, own time to live, the
     * values and types of the parameters, the shape, and the time zones: where a column has none, they decide what a
     * parameter is compared with, and what is read.
     */
    @Override
    public String digest(QueryKey key, SharedSessionContractImplementor session, @Nullable Long lifetime)
            throws UnsupportedValueException {
        if (session.getFactory().getSessionFactoryOptions().inClauseParameterPaddingEnabled()
                && PaddedLists.several(shape.sql(key))) {
            throw UnsupportedValueException.because(
                    QueryKey.class,
                    "a query with several lists of parameters, whose keys cannot be told apart under"
                            + " hibernate.query.in_clause_parameter_padding");
        }
        return digest(
                key,
                session.getTenantIdentifier(),
                lifetime,
                FilterValues.resolved(session),
                WallClock.zones(session.getJdbcTimeZone()) + " " + WallClock.offset());
    }

    /** A query without parameters has its tenant nowhere in Hibernate's key. */
    public String digest(
            QueryKey key, @Nullable String tenant, @Nullable Long lifetime, Object[] resolved, String zones)
            throws UnsupportedValueException {
        try {
            Object[] parts = {shapeId(), tenant, lifetime, resolved, zones, shape.parts(key)};
            return HexFormat.of().formatHex(Digests.sha256(Canonical.ofParameters(parts, open)));
        } catch (UnsupportedValueException e) {
            throw e.at("a query", "parameter");
        }
    }

    @Override
    public boolean isWhole(QueryKey key, Object item) {
        return !shape.isItem(item) || SkippedColumns.none(shape.sql(key), shape.results(item));
    }

    @Override
    public byte[] encode(QueryKey key, Object item, SharedSessionContractImplementor session)
            throws UnsupportedValueException {
        if (!shape.isItem(item)) {
            throw UnsupportedValueException.because(item.getClass(), "not a query result");
        }
        RunningQuery query = RunningQuery.of(session);
        refuseCoarse(shape.sql(key), query);
        refuseMistaken(shape.sql(key), shape.results(item));
        Set<String> tables = tables(item, query.asNative(), session);
        return bodies.write(out -> {
            out.writeStartObject();
            out.writeFieldName(TIMESTAMP);
            out.writeNumber(shape.timestamp(item));
            if (!tables.isEmpty()) {
                out.writeFieldName(TABLES);
                out.writeStartArray();
                for (String table : tables) {
                    out.writeString(table);
                }
                out.writeEndArray();
            }
            writeResults(out, shape.results(item));
            out.writeEndObject();
        });
    }

    private void writeResults(JsonGenerator out, List<?> results) throws IOException, UnsupportedValueException {
        int first = 0;
        if (!results.isEmpty() && shape.isMetadata(results.get(0))) {
            out.writeFieldName(METADATA);
            metadata.write(out, results.get(0));
            first = 1;
        }
        int end = Math.max(first, results.size() - 1);
        rows.write(out, results.subList(first, end));
        if (end < results.size()) {
            out.writeFieldName(RESULTS);
            out.writeNumber((Integer) results.get(end));
        }
    }

    private static void refuseCoarse(String sql, RunningQuery query) throws UnsupportedValueException {
        if (CoarseKeys.isHiddenPage(sql, query.options())) {
            throw UnsupportedValueException.because(
                    QueryKey.class,
                    "a page of a query that fetches a collection, since Hibernate has one key for all its pages: "
                            + sql);
        }
        if (query.asNative() == null && CoarseKeys.selectsLiteral(sql)) {
            throw UnsupportedValueException.because(
                    QueryKey.class,
                    "a query that selects a literal, since Hibernate has one key for literals of several classes: "
                            + sql);
        }
    }

    /** {@code JdbcValuesCacheHit.getCurrentRowValue} takes every array of objects for the values of a row. */
    private void refuseMistaken(String sql, List<?> rows) throws UnsupportedValueException {
        boolean one = !rows.isEmpty() && shape.isMetadata(rows.get(0))
                ? shape.columns(rows.get(0)).length == 1
                : SelectList.isOne(sql);
        for (Object row : one ? rows : List.of()) {
            if (row instanceof Object[] && row.getClass() == Object[].class) {
                throw UnsupportedValueException.because(
                        Object[].class,
                        "a query of one column whose value is an array of objects, which Hibernate would take from a"
                                + " cache for a row of several values: " + sql);
            }
        }
    }

    private Set<String> tables(Object item, @Nullable NativeQuery<?> query, SharedSessionContractImplementor session)
            throws UnsupportedValueException {
        if (query == null) {
            return Set.of();
        }
        List<?> rows = shape.results(item);
        Set<String> tables = !rows.isEmpty() && rows.get(0) instanceof JdbcValuesMetadata columns
                ? NativeTables.of(query, columns, session)
                : Set.of();
        Collection<String> named = query.getSynchronizedQuerySpaces();
        if (tables.isEmpty() && (named == null || named.isEmpty())) {
            throw UnsupportedValueException.because(
                    NativeQuery.class,
                    "a native query that names no tables, so that nobody would know when its result is stale."
                            + " Name them with addSynchronizedEntityClass or addSynchronizedQuerySpace: "
                            + query.getQueryString());
        }
        return tables;
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) throws UndecodableException {
        return bodies.read(bytes, offset, length, in -> {
            BodyFormat.expect(in, JsonToken.START_OBJECT);
            Fingerprint.field(in, TIMESTAMP);
            BodyFormat.expectNext(in, JsonToken.VALUE_NUMBER_INT);
            long timestamp = in.getLongValue();
            BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
            List<String> tables = tables(in);
            List<Object> read = new ArrayList<>();
            if (in.currentName().equals(METADATA.getValue())) {
                read.add(metadata.read(in));
                BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
            }
            rows.read(in, read);
            if (in.nextToken() == JsonToken.FIELD_NAME) {
                Fingerprint.isAt(in, RESULTS);
                BodyFormat.expectNext(in, JsonToken.VALUE_NUMBER_INT);
                read.add(in.getIntValue());
                in.nextToken();
            } else if (!read.isEmpty()) {
                throw BodyFormat.malformed("no number of results");
            }
            BodyFormat.expect(in, JsonToken.END_OBJECT);
            QueryRows.check(read, shape);
            return shape.item(timestamp, new ResultRows(read, tables));
        });
    }

    /** Reads the tables, if they come now, and goes on to the next field. */
    private static List<String> tables(JsonParser in) throws IOException, UndecodableException {
        if (!in.currentName().equals(TABLES.getValue())) {
            return List.of();
        }
        BodyFormat.expectNext(in, JsonToken.START_ARRAY);
        List<String> tables = new ArrayList<>();
        while (in.nextToken() == JsonToken.VALUE_STRING) {
            tables.add(in.getText());
        }
        BodyFormat.expect(in, JsonToken.END_ARRAY);
        BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
        return List.copyOf(tables);
    }

    @Override
    public boolean isShareable(Object item) {
        // CachedJdbcValuesMetadata, the columns of a native query, only answers questions.
        return rows(item).areImmutable(shape::isMetadata);
    }

    @Override
    public Object another(Object item) {
        return shape.item(shape.timestamp(item), rows(item).another());
    }

    @Override
    public ResultRows rows(Object item) {
        return (ResultRows) shape.results(item);
    }
}
