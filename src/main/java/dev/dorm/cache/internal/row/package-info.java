/** The protocol of rows: reading, filling, locking, unlocking and invalidating one, and all of a region. */
@NullMarked
package dev.dorm.cache.internal.row;

import org.jspecify.annotations.NullMarked;
