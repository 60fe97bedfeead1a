package dev.dorm.cache.internal.near;

import dev.dorm.cache.backend.TableState;
import java.util.Map;

/**
 * A verified, decoded query result in this process.
 *
 * @param item what Hibernate is given, or a copy of it
 * @param tables what was read of its tables with it, and made it true
 * @param stamp what had been told of them before
 */
public record NearResult(Object item, Map<String, TableState> tables, TablesStamp stamp) {}
