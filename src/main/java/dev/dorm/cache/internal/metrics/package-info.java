/**
 * What is counted, and how it is shown: as statistics, in JMX and, with Micrometer, as meters. Nothing is decided by it.
 */
@NullMarked
package dev.dorm.cache.internal.metrics;

import org.jspecify.annotations.NullMarked;
