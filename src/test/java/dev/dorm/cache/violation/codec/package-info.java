/** A package that violates the package order, for the test of that rule. */
@NullMarked
package dev.dorm.cache.violation.codec;

import org.jspecify.annotations.NullMarked;
