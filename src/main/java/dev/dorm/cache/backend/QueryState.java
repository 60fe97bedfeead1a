package dev.dorm.cache.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read saw of a query result.
 *
 * @param version the query region's version; 0 when that is absent
 * @param clock the query clock; 0 when that is absent
 * @param result the stored result, or null
 * @param tables the tables' records, in the order asked for
 */
public record QueryState(long version, long clock, byte @Nullable [] result, List<TableState> tables) {}
