/** How the entries of a store in this process are served as what was made of them: without a step, and without their bytes. */
@NullMarked
package dev.dorm.cache.internal.live;

import org.jspecify.annotations.NullMarked;
