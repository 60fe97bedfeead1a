/** How each step of the protocol is written as Lua calls and reads, and how their replies are read. */
@NullMarked
package dev.dorm.cache.internal.redis.step;

import org.jspecify.annotations.NullMarked;
