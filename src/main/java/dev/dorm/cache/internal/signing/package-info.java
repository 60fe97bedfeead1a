/**
 * The envelope in which every entry is stored, and the keys that sign it: no bytes from a store are trusted before their
 * HMAC-SHA256 is verified.
 */
@NullMarked
package dev.dorm.cache.internal.signing;

import org.jspecify.annotations.NullMarked;
