/** Real servers for integration tests, and the account of which tests used which. */
@NullMarked
package dev.dorm.cache.testing;

import org.jspecify.annotations.NullMarked;
