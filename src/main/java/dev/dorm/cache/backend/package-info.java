/**
 * The contract every backend implements: a store of bytes under string keys, model versions, and the atomic steps by
 * which rows and query results stay coherent.
 *
 * <p>A backend of one's own implements {@link dev.dorm.cache.backend.TransactionalStore} or
 * {@link dev.dorm.cache.backend.Backend}. <b>Provisional:</b> until 0.1.0 is tagged, anything in this package may change with any
 * release; afterwards with a minor version.
 */
@NullMarked
package dev.dorm.cache.backend;

import org.jspecify.annotations.NullMarked;
