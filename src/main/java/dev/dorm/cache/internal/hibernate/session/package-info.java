/** What a session of Hibernate's is, and what it would make of a row that is cached and true. */
@NullMarked
package dev.dorm.cache.internal.hibernate.session;

import org.jspecify.annotations.NullMarked;
