/** What was sent after completed transactions and is not answered yet, and what of this process must not overtake it. */
@NullMarked
package dev.dorm.cache.internal.settlement;

import org.jspecify.annotations.NullMarked;
