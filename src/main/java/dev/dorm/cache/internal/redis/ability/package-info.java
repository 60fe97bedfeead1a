/** What each server lets this user do, as far as there are several ways to do it, and which of them is taken. */
@NullMarked
package dev.dorm.cache.internal.redis.ability;

import org.jspecify.annotations.NullMarked;
