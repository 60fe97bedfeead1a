/** How long entries live. */
@NullMarked
package dev.dorm.cache.internal.lifetime;

import org.jspecify.annotations.NullMarked;
