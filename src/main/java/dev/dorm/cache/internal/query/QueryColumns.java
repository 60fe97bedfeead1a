package dev.dorm.cache.internal.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.row.CachedRows;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which columns of a query's result hold the ids of entities whose rows are read with it, learned as Hibernate asks for
 * them. Thread-safe.
 */
final class QueryColumns {

    private static final long MAX_QUERIES = 10_000;

    private final Cache<String, Map<Integer, Column>> bySql = Caffeine.newBuilder()
            .maximumSize(MAX_QUERIES)
            .executor(Runnable::run)
            .build();

    /** The columns from one on that hold the ids of an entity, and what Hibernate reads with each. */
    record Column(int at, CachedRows rows, EntityIds ids, Announcer announcer) {}

    List<Column> of(String sql) {
        Map<Integer, Column> known = bySql.getIfPresent(sql);
        return known == null ? List.of() : List.copyOf(known.values());
    }

    void learn(String sql, Column column) {
        bySql.get(sql, s -> new ConcurrentHashMap<>()).put(column.at(), column);
    }
}
