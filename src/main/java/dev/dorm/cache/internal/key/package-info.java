/** Ids and query parameters as canonical text: the keys of rows and results. */
@NullMarked
package dev.dorm.cache.internal.key;

import org.jspecify.annotations.NullMarked;
