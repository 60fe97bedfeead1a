/**
 * Hibernate's regions and access strategies over cached rows and query results, one statement a method. How a row is
 * kept true across processes is in {@code row} and {@code query}.
 */
@NullMarked
package dev.dorm.cache.internal.region;

import org.jspecify.annotations.NullMarked;
