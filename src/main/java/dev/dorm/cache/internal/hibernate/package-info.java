/**
 * One class for each thing that Hibernate does not tell, or does in a way that a cache must work around, with why and
 * since which version.
 */
@NullMarked
package dev.dorm.cache.internal.hibernate;

import org.jspecify.annotations.NullMarked;
