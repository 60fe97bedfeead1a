/** Who in Hibernate asks the cache, where what is asked does not tell: the one place that looks at the stack. */
@NullMarked
package dev.dorm.cache.internal.hibernate.caller;

import org.jspecify.annotations.NullMarked;
