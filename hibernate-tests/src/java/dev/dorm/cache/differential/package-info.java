/**
 * A differential check: random programs run with the cache and without it, on two databases set up alike, and what they
 * read must be equal. {@code docs/history-check.md} says what is compared.
 */
@FilterDef(name = Filters.SMALL, applyToLoadByKey = true, defaultCondition = "amount < 2")
package dev.dorm.cache.differential;

import org.hibernate.annotations.FilterDef;
