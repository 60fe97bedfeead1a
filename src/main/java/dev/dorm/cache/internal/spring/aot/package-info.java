/** What Spring's AOT processing is told of the library. Only a build loads it. */
@NullMarked
package dev.dorm.cache.internal.spring.aot;

import org.jspecify.annotations.NullMarked;
