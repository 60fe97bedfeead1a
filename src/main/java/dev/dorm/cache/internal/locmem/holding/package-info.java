/** What a store in this process tells of the entries that it holds. Nothing is decided by it. */
@NullMarked
package dev.dorm.cache.internal.locmem.holding;

import org.jspecify.annotations.NullMarked;
