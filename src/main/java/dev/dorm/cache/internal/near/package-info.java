/** The near tier: rows kept decoded in this process, with what they were read under. */
@NullMarked
package dev.dorm.cache.internal.near;

import org.jspecify.annotations.NullMarked;
