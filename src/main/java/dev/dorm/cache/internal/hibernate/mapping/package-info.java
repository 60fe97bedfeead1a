/** What Hibernate's mapping does not tell, or makes otherwise from the cache than from the database. */
@NullMarked
package dev.dorm.cache.internal.hibernate.mapping;

import org.jspecify.annotations.NullMarked;
