/** The JDK's collections, written so that class, order, capacity and comparator come back, or not at all. */
@NullMarked
package dev.dorm.cache.internal.jdk;

import org.jspecify.annotations.NullMarked;
