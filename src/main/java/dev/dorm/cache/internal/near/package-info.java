/**
 * What is kept decoded in this process: the near tier, with what its rows were read under, and what was made of the bytes of a
 * backend in this process.
 */
@NullMarked
package dev.dorm.cache.internal.near;

import org.jspecify.annotations.NullMarked;
