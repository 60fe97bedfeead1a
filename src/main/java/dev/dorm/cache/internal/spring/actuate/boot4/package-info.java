/** The health of the cache as Spring Boot 4 asks for it. */
@NullMarked
package dev.dorm.cache.internal.spring.actuate.boot4;

import org.jspecify.annotations.NullMarked;
