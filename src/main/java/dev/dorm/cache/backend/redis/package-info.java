/**
 * The backend in Redis, through Redisson: every step of the coherence protocol is one Lua script, and a batch of steps
 * is one pipelined write. Nothing outside this package knows Redisson, which is optional.
 */
@NullMarked
package dev.dorm.cache.backend.redis;

import org.jspecify.annotations.NullMarked;
