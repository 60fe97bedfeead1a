/**
 * What is known of the servers: which memory answers on which connection, and whether there is proof that it is still the
 * master's and takes locks.
 */
@NullMarked
package dev.dorm.cache.internal.redis.proof;

import org.jspecify.annotations.NullMarked;
