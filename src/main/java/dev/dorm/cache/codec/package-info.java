/**
 * Hibernate state to bytes and back, in a closed set of encodings chosen by the mapping's types: nothing in a payload
 * can name a class to load, and whatever cannot be decoded is a miss.
 */
@NullMarked
package dev.dorm.cache.codec;

import org.jspecify.annotations.NullMarked;
