/**
 * From settings and mapping to one running cache of one session factory, and back when it is closed. What the cache
 * does while it runs is in the packages below.
 */
@NullMarked
package dev.dorm.cache.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
