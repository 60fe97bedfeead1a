/** How long a thread waits for Redis: for its turn, and for replies that are still coming. */
@NullMarked
package dev.dorm.cache.internal.redis.waiting;

import org.jspecify.annotations.NullMarked;
