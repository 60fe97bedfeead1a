/** Times as a database and a driver see them: zones, wall clocks, old calendars. */
@NullMarked
package dev.dorm.cache.internal.time;

import org.jspecify.annotations.NullMarked;
