package dev.dorm.cache.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Version;
import org.hibernate.cache.internal.QueryResultsCacheImpl;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.sql.results.jdbc.internal.JdbcValuesCacheHit;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/**
 * How the running Hibernate lays out what it puts into the query cache. The classes change between its versions:
 * {@code QueryResultsCacheImpl.CacheItem} is public, package-private or a private record, and
 * {@code CachedJdbcValuesMetadata} has a third component since 7.1.20, 7.2.8 and 7.3.1. Resolved once, and loudly where
 * it is none of these.
 */
final class QueryShape {

    private static final Class<?> ITEM =
            named(QueryResultsCacheImpl.class, "org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem");
    private static final Class<?> METADATA =
            named(JdbcValuesCacheHit.class, "org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata");
    private static final Class<?> MEMENTO = named(
            QueryKey.class, "org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl");

    private static final MethodHandle NEW_ITEM = Entries.constructor(ITEM, long.class, List.class);
    private static final MethodHandle TIMESTAMP = Entries.getter(ITEM, "timestamp");
    private static final MethodHandle RESULTS = Entries.getter(ITEM, "results");

    private static final boolean INDEXED = indexed(METADATA);
    private static final MethodHandle NEW_METADATA = INDEXED
            ? Entries.constructor(METADATA, String[].class, BasicType[].class, int[].class)
            : Entries.constructor(METADATA, String[].class, BasicType[].class);
    private static final MethodHandle COLUMNS = Entries.getter(METADATA, "columnNames");
    private static final MethodHandle TYPES = Entries.getter(METADATA, "types");
    private static final @Nullable MethodHandle INDEXES =
            INDEXED ? Entries.getter(METADATA, "valueIndexesToCacheIndexes") : null;

    private static final MethodHandle SQL = Entries.getter(QueryKey.class, "sqlQueryString");
    private static final MethodHandle PARAMETERS = Entries.getter(QueryKey.class, "parameterBindingsMemento");
    private static final MethodHandle FIRST_ROW = Entries.getter(QueryKey.class, "firstRow");
    private static final MethodHandle MAX_ROWS = Entries.getter(QueryKey.class, "maxRows");
    private static final MethodHandle FILTERS = Entries.getter(QueryKey.class, "enabledFilterNames");
    private static final MethodHandle VALUES = Entries.getter(MEMENTO, "values");

    private QueryShape() {}

    /** Differs between any two versions of Hibernate, for none is promised to read another's rows. */
    static String id() {
        return "hibernate " + Version.getVersionString() + (INDEXED ? " indexed" : "");
    }

    static boolean isItem(Object value) {
        return ITEM.isInstance(value);
    }

    static long timestamp(Object item) {
        return (Long) Entries.invoke(TIMESTAMP, item);
    }

    static List<?> results(Object item) {
        return (List<?>) Entries.invoke(RESULTS, item);
    }

    static Object item(long timestamp, List<?> results) {
        return Entries.invoke(NEW_ITEM, timestamp, results);
    }

    static boolean isMetadata(@Nullable Object value) {
        return METADATA.isInstance(value);
    }

    static @Nullable String[] columns(Object metadata) {
        return (String[]) Entries.invoke(COLUMNS, metadata);
    }

    static @Nullable BasicType<?>[] types(Object metadata) {
        return (BasicType<?>[]) Entries.invoke(TYPES, metadata);
    }

    static int @Nullable [] indexes(Object metadata) {
        return INDEXES == null ? null : (int[]) Entries.invoke(INDEXES, metadata);
    }

    static boolean indexed() {
        return INDEXED;
    }

    static Object metadata(@Nullable String[] columns, @Nullable BasicType<?>[] types, int @Nullable [] indexes) {
        return INDEXED
                ? Entries.invoke(NEW_METADATA, columns, types, indexes)
                : Entries.invoke(NEW_METADATA, columns, types);
    }

    /** Everything that tells one query from another, as values with a canonical encoding. */
    static String sql(QueryKey key) {
        return (String) Entries.invoke(SQL, key);
    }

    static @Nullable Object[] parts(QueryKey key) throws UnsupportedValueException {
        Object parameters = Entries.invoke(PARAMETERS, key);
        if (parameters != QueryParameterBindings.NO_PARAMETER_BINDING_MEMENTO && !MEMENTO.isInstance(parameters)) {
            throw UnsupportedValueException.because(parameters.getClass(), "a query with parameters of another kind");
        }
        return new Object[] {
            Entries.invoke(SQL, key),
            Entries.invoke(FIRST_ROW, key),
            Entries.invoke(MAX_ROWS, key),
            Entries.invoke(FILTERS, key),
            MEMENTO.isInstance(parameters) ? Entries.invoke(VALUES, parameters) : null
        };
    }

    private static boolean indexed(Class<?> metadata) {
        Set<String> fields = Arrays.stream(metadata.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .collect(Collectors.toSet());
        Set<String> common = Set.of("columnNames", "types");
        if (fields.equals(common)) {
            return false;
        }
        if (fields.equals(Set.of("columnNames", "types", "valueIndexesToCacheIndexes"))) {
            return true;
        }
        throw new IllegalStateException("Hibernate " + Version.getVersionString()
                + " is not one this library knows: " + metadata.getName() + " has the fields " + fields
                + " (supported are 6.6 to 7.4)");
    }

    private static Class<?> named(Class<?> neighbour, String name) {
        try {
            return Class.forName(name, false, neighbour.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Hibernate " + Version.getVersionString() + " is not one this library knows: it has no " + name
                            + " (supported are 6.6 to 7.4)",
                    e);
        }
    }
}
