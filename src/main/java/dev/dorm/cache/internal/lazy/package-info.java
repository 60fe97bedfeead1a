/** What is made when it is first needed. */
@NullMarked
package dev.dorm.cache.internal.lazy;

import org.jspecify.annotations.NullMarked;
