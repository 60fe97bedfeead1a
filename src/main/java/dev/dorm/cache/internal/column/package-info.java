/** What a column keeps of a value: its size, its precision, its time zone. What it would change is not cached. */
@NullMarked
package dev.dorm.cache.internal.column;

import org.jspecify.annotations.NullMarked;
