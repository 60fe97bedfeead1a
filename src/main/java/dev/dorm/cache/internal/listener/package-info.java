/** Event listeners: for what Hibernate tells its listeners, and not its caches. */
@NullMarked
package dev.dorm.cache.internal.listener;

import org.jspecify.annotations.NullMarked;
