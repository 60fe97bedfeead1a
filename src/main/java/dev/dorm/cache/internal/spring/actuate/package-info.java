/**
 * What an operator sees of the cache in a Spring Boot application: meters, spans, health and the endpoint {@code dormcache}. Nothing
 * here is loaded without Spring Boot's actuator; what differs between Boot 3.5 and 4 is in the packages below.
 */
@NullMarked
package dev.dorm.cache.internal.spring.actuate;

import org.jspecify.annotations.NullMarked;
