/**
 * The backend in process: Caffeine bounds the entries, and the steps of the protocol mean exactly what the Redis scripts
 * mean.
 */
@NullMarked
package dev.dorm.cache.internal.locmem;

import org.jspecify.annotations.NullMarked;
