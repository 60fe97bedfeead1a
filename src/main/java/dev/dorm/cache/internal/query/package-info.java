/** The protocol of query results: the clock that dates them, and the tables that make them stale. */
@NullMarked
package dev.dorm.cache.internal.query;

import org.jspecify.annotations.NullMarked;
