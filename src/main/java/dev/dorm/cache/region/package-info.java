/** Hibernate's regions and access objects over the coherent rows and query results: thin, one statement a method. */
@NullMarked
package dev.dorm.cache.region;

import org.jspecify.annotations.NullMarked;
