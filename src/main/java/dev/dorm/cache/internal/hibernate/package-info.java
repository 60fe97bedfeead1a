/**
 * One class for each behaviour of Hibernate that a cache must work around: what Hibernate does, by class and method; since and
 * until which version; and which test, green without the class, shows that it can go. Here stands what is about queries, and
 * in the packages below what is about callers, events, sessions and the mapping.
 */
@NullMarked
package dev.dorm.cache.internal.hibernate;

import org.jspecify.annotations.NullMarked;
