/** What was made of the entries of a store in this process, kept with them. What stands, and is of which version, the store decides. */
@NullMarked
package dev.dorm.cache.internal.locmem.live;

import org.jspecify.annotations.NullMarked;
