/**
 * A backend made dependable: circuit breaker, what is owed after an outage, renewal of what an old memory holds, and
 * what this process has seen of versions, writes and server clocks.
 */
@NullMarked
package dev.dorm.cache.internal.store;

import org.jspecify.annotations.NullMarked;
