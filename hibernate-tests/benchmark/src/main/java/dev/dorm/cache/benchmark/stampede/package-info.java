/**
 * Many threads of many processes that read one row, or one query, as its entry ends, as it is evicted, and as Redis fails over
 * to a server without data ({@code run --stampede}): how many statements reach the database.
 */
@NullMarked
package dev.dorm.cache.benchmark.stampede;

import org.jspecify.annotations.NullMarked;
