/**
 * What Hibernate finds by {@code ServiceLoader}: the short name of the region factory, who provides it on platforms that
 * ignore that name, and who looks at the mapping before the session factory is complete. Nothing uses this package.
 */
@NullMarked
package dev.dorm.cache.internal.discovery;

import org.jspecify.annotations.NullMarked;
