/**
 * Reads, checks and explains settings: what was given, what is accepted, the nearest name. What a setting does is
 * elsewhere.
 */
@NullMarked
package dev.dorm.cache.internal.settings;

import org.jspecify.annotations.NullMarked;
