/** Who in this process loads what was missed, so that others need not load the same; nothing here reads or fills the cache. */
@NullMarked
package dev.dorm.cache.internal.loading;

import org.jspecify.annotations.NullMarked;
