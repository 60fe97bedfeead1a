/** How each type of the mapping is written: basic types, embeddables, converted and formatted values, sets. */
@NullMarked
package dev.dorm.cache.internal.type;

import org.jspecify.annotations.NullMarked;
