/**
 * The backend in Redis, through Redisson: where it is, how it is connected, and what it listens to. Nothing outside this
 * package and those below it knows Redisson, which is optional.
 */
@NullMarked
package dev.dorm.cache.internal.redis;

import org.jspecify.annotations.NullMarked;
