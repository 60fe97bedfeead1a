/** The state of entities, collections and natural ids to bytes and back, with a fingerprint of the mapping. */
@NullMarked
package dev.dorm.cache.internal.entity;

import org.jspecify.annotations.NullMarked;
