/** What one session holds between its begin and its completion, and when it is sent. */
@NullMarked
package dev.dorm.cache.internal.session;

import org.jspecify.annotations.NullMarked;
