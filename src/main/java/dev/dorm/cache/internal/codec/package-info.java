/**
 * Query results to bytes and back, and the codecs of one session factory. Values, rows and keys are in the packages below.
 */
@NullMarked
package dev.dorm.cache.internal.codec;

import org.jspecify.annotations.NullMarked;
