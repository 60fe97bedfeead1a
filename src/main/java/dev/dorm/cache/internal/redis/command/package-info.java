/**
 * Commands and scripts on their way to Redis: how they are batched, sent, waited for, sent again, and read. What a script
 * means is in {@code step}.
 */
@NullMarked
package dev.dorm.cache.internal.redis.command;

import org.jspecify.annotations.NullMarked;
