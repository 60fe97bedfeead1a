/**
 * A second-level cache for Hibernate over Redis, or in process: the region factory, its settings, and the helpers that
 * an application calls. The packages below it, except {@code backend}, are internal.
 */
@NullMarked
package dev.dorm.cache;

import org.jspecify.annotations.NullMarked;
