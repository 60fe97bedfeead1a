/**
 * Keeps cached rows and query results true across processes: what this process has seen of model versions, tombstones
 * and the query clock; what a session holds between its begin and its completion; and what could not be invalidated.
 */
@NullMarked
package dev.dorm.cache.coherence;

import org.jspecify.annotations.NullMarked;
