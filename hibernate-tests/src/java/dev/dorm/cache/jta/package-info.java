/** The cache under a JTA transaction manager. */
@NullMarked
package dev.dorm.cache.jta;

import org.jspecify.annotations.NullMarked;
