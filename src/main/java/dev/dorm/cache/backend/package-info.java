/**
 * The contract every backend implements: a store of bytes under string keys, model versions, and the atomic steps by
 * which rows and query results stay coherent. Aliases name configured backends.
 */
@NullMarked
package dev.dorm.cache.backend;

import org.jspecify.annotations.NullMarked;
