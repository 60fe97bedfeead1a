/** How long a thread waits for Redis: for its turn, for replies that are still coming, and behind those of others. */
@NullMarked
package dev.dorm.cache.internal.redis.waiting;

import org.jspecify.annotations.NullMarked;
