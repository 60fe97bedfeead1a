package dev.dorm.cache.internal.hibernate;

import dev.dorm.cache.internal.io.UnsupportedValueException;
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
 * How the running Hibernate lays out what it puts into the query cache. It is recognised once, when the session factory is
 * built, and loudly where it is none that is known: a component that is not known would be lost, so that fields are compared
 * as a whole.
 *
 * <p>Hibernate: {@code QueryResultsCacheImpl.CacheItem} is public, package-private or a private record, and {@code
 * CachedJdbcValuesMetadata} has a third component since 7.1.20, 7.2.8 and 7.3.1. The parts of {@code QueryKey} are private.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code UnknownHibernateIT#failsAtStartUpAndSaysWhatIsNotKnown} has nothing to change, because all of them are
 * public.
 */
public final class QueryShape {

    private final Class<?> item;
    private final Class<?> metadata;
    private final Class<?> memento;
    private final boolean indexed;

    private final MethodHandle newItem;
    private final MethodHandle timestamp;
    private final MethodHandle results;
    private final MethodHandle newMetadata;
    private final MethodHandle columns;
    private final MethodHandle types;
    private final @Nullable MethodHandle indexes;
    private final MethodHandle sql;
    private final MethodHandle firstRow;
    private final MethodHandle maxRows;
    private final MethodHandle filters;
    private final MethodHandle parameters;
    private final MethodHandle values;

    /**
     * Recognises the classes of a Hibernate.
     *
     * @throws IllegalStateException when one of them has a shape that is not known
     */
    QueryShape(Class<?> item, Class<?> metadata, Class<?> key, Class<?> memento) {
        this.item = item;
        this.metadata = metadata;
        this.memento = memento;
        oneOf(item, List.of(Set.of("timestamp", "results")));
        this.newItem = Entries.constructor(item, long.class, List.class);
        this.timestamp = Entries.getter(item, "timestamp");
        this.results = Entries.getter(item, "results");
        Set<String> two = Set.of("columnNames", "types");
        Set<String> three = Set.of("columnNames", "types", "valueIndexesToCacheIndexes");
        this.indexed = oneOf(metadata, List.of(two, three)) == 1;
        this.newMetadata = indexed
                ? Entries.constructor(metadata, String[].class, BasicType[].class, int[].class)
                : Entries.constructor(metadata, String[].class, BasicType[].class);
        this.columns = Entries.getter(metadata, "columnNames");
        this.types = Entries.getter(metadata, "types");
        this.indexes = indexed ? Entries.getter(metadata, "valueIndexesToCacheIndexes") : null;
        Set<String> parts = Set.of(
                "sqlQueryString", "parameterBindingsMemento", "firstRow", "maxRows", "enabledFilterNames", "hashCode");
        oneOf(key, List.of(parts));
        this.sql = Entries.getter(key, "sqlQueryString");
        this.parameters = Entries.getter(key, "parameterBindingsMemento");
        this.firstRow = Entries.getter(key, "firstRow");
        this.maxRows = Entries.getter(key, "maxRows");
        this.filters = Entries.getter(key, "enabledFilterNames");
        oneOf(memento, List.of(Set.of("values", "hashCode")));
        this.values = Entries.getter(memento, "values");
    }

    /** Recognises the classes of the running Hibernate. */
    public static QueryShape running() {
        return new QueryShape(
                named(QueryResultsCacheImpl.class, "org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem"),
                named(JdbcValuesCacheHit.class, "org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata"),
                QueryKey.class,
                named(
                        QueryKey.class,
                        "org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl"));
    }

    /** Differs between any two versions of Hibernate, for none is promised to read another's rows. */
    public String id() {
        return "hibernate " + Version.getVersionString() + (indexed ? " indexed" : "");
    }

    public boolean isItem(Object value) {
        return item.isInstance(value);
    }

    public long timestamp(Object cached) {
        return (Long) Entries.invoke(timestamp, cached);
    }

    public List<?> results(Object cached) {
        return (List<?>) Entries.invoke(results, cached);
    }

    public Object item(long dated, List<?> rows) {
        return Entries.invoke(newItem, dated, rows);
    }

    public boolean isMetadata(@Nullable Object value) {
        return metadata.isInstance(value);
    }

    @Nullable
    public String[] columns(Object ofNative) {
        return (String[]) Entries.invoke(columns, ofNative);
    }

    @Nullable
    public BasicType<?>[] types(Object ofNative) {
        return (BasicType<?>[]) Entries.invoke(types, ofNative);
    }

    public int @Nullable [] indexes(Object ofNative) {
        return indexes == null ? null : (int[]) Entries.invoke(indexes, ofNative);
    }

    public boolean indexed() {
        return indexed;
    }

    public Object metadata(
            @Nullable String[] names, @Nullable BasicType<?>[] ofColumns, int @Nullable [] cacheIndexes) {
        return indexed
                ? Entries.invoke(newMetadata, names, ofColumns, cacheIndexes)
                : Entries.invoke(newMetadata, names, ofColumns);
    }

    public String sql(QueryKey key) {
        return (String) Entries.invoke(sql, key);
    }

    /** Everything that tells one query from another, as values with a canonical encoding. */
    @Nullable
    public Object[] parts(QueryKey key) throws UnsupportedValueException {
        Object bound = Entries.invoke(parameters, key);
        if (bound != QueryParameterBindings.NO_PARAMETER_BINDING_MEMENTO && !memento.isInstance(bound)) {
            throw UnsupportedValueException.because(bound.getClass(), "a query with parameters of another kind");
        }
        return new Object[] {
            sql(key),
            Entries.invoke(firstRow, key),
            Entries.invoke(maxRows, key),
            Entries.invoke(filters, key),
            memento.isInstance(bound) ? Entries.invoke(values, bound) : null
        };
    }

    /** Returns which of the known sets of fields a class has. */
    private static int oneOf(Class<?> type, List<Set<String>> known) {
        Set<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .collect(Collectors.toSet());
        int index = known.indexOf(fields);
        if (index < 0) {
            throw new IllegalStateException("Hibernate " + Version.getVersionString()
                    + " is not one this library knows: " + type.getName() + " has the fields " + fields
                    + " (supported are 6.6 to 7.4)");
        }
        return index;
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
