/**
 * The benchmark of the library against its peers, in one run. What a JMH benchmark can measure by itself is one
 * ({@code run --jmh NAME}); what is compared across caches runs in one JVM for each of them, in turns.
 */
@NullMarked
package dev.dorm.cache.benchmark;

import org.jspecify.annotations.NullMarked;
