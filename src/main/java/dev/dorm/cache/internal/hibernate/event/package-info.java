/** What Hibernate does without telling its cache, or tells it too late: each class puts itself where it happens. */
@NullMarked
package dev.dorm.cache.internal.hibernate.event;

import org.jspecify.annotations.NullMarked;
