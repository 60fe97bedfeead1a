/** Bodies of entries as JSON or Smile, and what is thrown when one cannot be written or read. */
@NullMarked
package dev.dorm.cache.internal.io;

import org.jspecify.annotations.NullMarked;
