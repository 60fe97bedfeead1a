package dev.dorm.cache.internal.hibernate;

import java.lang.reflect.Field;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.internal.util.collections.Stack;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.results.ResultSetMapping;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.sql.internal.NativeQueryImpl;
import org.hibernate.query.sqm.internal.SqmJdbcExecutionContextAdapter;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.results.jdbc.spi.JdbcValuesSourceProcessingState;
import org.hibernate.sql.results.spi.LoadContexts;
import org.jspecify.annotations.Nullable;

/**
 * The query whose result Hibernate hands to the cache.
 *
 * <p>Hibernate: {@code JdbcValuesResultSetImpl} gives a result to {@code QueryResultsCache.put} with its key, and nothing says
 * of which query it is; but that stands on top of what its session is loading ({@code ListResultsConsumer.consume}, {@code
 * LoadContexts}). Where the running version keeps it elsewhere, nothing is known of it.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code NativeQueriesIT#ofAnEntityByItsClass} and {@code CoarseKeysIT#thePagesOfAFetchJoin} stay green without
 * it.
 */
public final class RunningQuery {

    private static final @Nullable Field LOADING = field(LoadContexts.class, "jdbcValuesSourceProcessingStateStack");
    private static final @Nullable Field QUERY = field(SqmJdbcExecutionContextAdapter.class, "sqmExecutionContext");
    private static final @Nullable Field MAPPING = field(NativeQueryImpl.class, "resultSetMapping");

    private final @Nullable ExecutionContext execution;

    private RunningQuery(@Nullable ExecutionContext execution) {
        this.execution = execution;
    }

    public static RunningQuery of(SharedSessionContractImplementor session) {
        Object loading = get(LOADING, session.getPersistenceContextInternal().getLoadContexts());
        return new RunningQuery(
                loading instanceof Stack<?> stack && stack.getCurrent() instanceof JdbcValuesSourceProcessingState state
                        ? state.getExecutionContext()
                        : null);
    }

    /** Returns its options; null when nothing is known of it. */
    @Nullable
    public QueryOptions options() {
        return execution == null ? null : execution.getQueryOptions();
    }

    /** Returns the native query that it is; null for any other. */
    @Nullable
    public NativeQuery<?> asNative() {
        return execution != null && get(QUERY, execution) instanceof NativeQueryImpl<?> query ? query : null;
    }

    /** Returns what a native query makes of its columns, or null when that is not known. */
    static @Nullable ResultSetMapping mapping(NativeQueryImpl<?> query) {
        return get(MAPPING, query) instanceof ResultSetMapping mapping ? mapping : null;
    }

    private static @Nullable Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Object get(@Nullable Field field, Object from) {
        try {
            return field != null && field.getDeclaringClass().isInstance(from) ? field.get(from) : null;
        } catch (IllegalAccessException e) {
            return null;
        }
    }
}
