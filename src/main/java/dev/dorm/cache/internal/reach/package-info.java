/**
 * What a write reaches beyond what Hibernate tells the cache: rows of other entities over the same tables, collections
 * that the database empties by itself, and tables that no event names.
 */
@NullMarked
package dev.dorm.cache.internal.reach;

import org.jspecify.annotations.NullMarked;
