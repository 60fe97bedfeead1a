/** Who logs in to Redis where credentials change while connections are open. */
@NullMarked
package dev.dorm.cache.internal.redis.login;

import org.jspecify.annotations.NullMarked;
