/** A package that violates the package order, for the test of that rule. */
@NullMarked
package dev.dorm.cache.violation.internal.key;

import org.jspecify.annotations.NullMarked;
