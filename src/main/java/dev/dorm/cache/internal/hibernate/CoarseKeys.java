package dev.dorm.cache.internal.hibernate;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.regex.Pattern;
import org.hibernate.query.spi.Limit;
import org.hibernate.query.spi.QueryOptions;
import org.jspecify.annotations.Nullable;

/**
 * Queries whose key is that of others, too.
 *
 * <p>Hibernate: {@code QueryKey.from} makes it of the SQL, the limits and the parameters alone. {@code 1}, {@code 1L} and an
 * enum's second constant are one and the same SQL; the limits of a page of a fetch join stand in a subquery from 7.4 on
 * ({@code CollectionFetchPaginationQueryTransformer}).
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code CoarseKeysIT#literalsOfSeveralClasses} and {@code CoarseKeysIT#thePagesOfAFetchJoin} stay green without
 * it.
 */
public final class CoarseKeys {

    private static final Pattern LITERAL =
            Pattern.compile("[-+]?\\d[\\w.+-]*|'(?:[^']|'')*'|true|false|null", Pattern.CASE_INSENSITIVE);

    private static final String SUBQUERY = "(select ";

    private static final @Nullable MethodHandle ORIGINAL_LIMIT = originalLimit();

    private CoarseKeys() {}

    /**
     * Returns whether a query is one page of a fetch join, whose limits stand in a subquery as parameters of Hibernate's
     * own, and not in the key.
     */
    public static boolean isHiddenPage(String sql, @Nullable QueryOptions options) {
        if (ORIGINAL_LIMIT == null || options == null || !sql.contains(SUBQUERY)) {
            return false;
        }
        try {
            Limit asked = (Limit) ORIGINAL_LIMIT.invokeExact(options);
            Limit inKey = options.getLimit();
            return asked != null && !asked.isEmpty() && (inKey == null || inKey.isEmpty());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether a query selects a value that stands in it, of which each reader wants its own class. */
    public static boolean selectsLiteral(String sql) {
        return SelectList.of(sql).stream()
                .anyMatch(each -> LITERAL.matcher(each).matches());
    }

    private static @Nullable MethodHandle originalLimit() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(QueryOptions.class, "peekOriginalLimit", MethodType.methodType(Limit.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }
}
