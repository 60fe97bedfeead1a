/**
 * Spring Boot's auto-configuration. Nothing here is loaded without Spring Boot; what differs between Boot 3.5 and 4 is in
 * {@code RedisOfBoot3} and {@code RedisOfBoot4} alone.
 */
@NullMarked
package dev.dorm.cache.internal.spring;

import org.jspecify.annotations.NullMarked;
