/** The health of the cache as Spring Boot 3.5 asks for it. */
@NullMarked
package dev.dorm.cache.internal.spring.actuate.boot3;

import org.jspecify.annotations.NullMarked;
