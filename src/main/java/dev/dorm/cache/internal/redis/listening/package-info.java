/** How messages are received from each master, and how it is known that all of them were. */
@NullMarked
package dev.dorm.cache.internal.redis.listening;

import org.jspecify.annotations.NullMarked;
