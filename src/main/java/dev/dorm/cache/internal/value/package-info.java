/** Scalar values, each with its tag: numbers, text, dates, enums, arrays of them. */
@NullMarked
package dev.dorm.cache.internal.value;

import org.jspecify.annotations.NullMarked;
