/**
 * The backend in process: Caffeine bounds the entries, and the steps of the coherence protocol mean exactly what the
 * Redis scripts mean.
 */
@NullMarked
package dev.dorm.cache.backend.locmem;

import org.jspecify.annotations.NullMarked;
