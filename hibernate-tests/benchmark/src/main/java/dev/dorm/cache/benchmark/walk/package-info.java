/**
 * A walk over a whole application ({@code run --walk}): REST, JSON, a connection pool, 15 entities, and nodes that are JVMs
 * of their own, cold and warm. What belongs to one operation is measured in the package above.
 */
@NullMarked
package dev.dorm.cache.benchmark.walk;

import org.jspecify.annotations.NullMarked;
