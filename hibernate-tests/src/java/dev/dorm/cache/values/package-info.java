/**
 * Right values: what is read from the cache equals what the database gives, to the class and to the detail, or it is not
 * cached.
 */
@NullMarked
package dev.dorm.cache.values;

import org.jspecify.annotations.NullMarked;
