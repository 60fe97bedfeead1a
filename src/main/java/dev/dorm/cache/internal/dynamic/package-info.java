/**
 * Values whose class is known only when they are written, each with its tag, in a closed set. No payload can name a
 * class to load that is not allowed.
 */
@NullMarked
package dev.dorm.cache.internal.dynamic;

import org.jspecify.annotations.NullMarked;
