/** What a cache does on servers that refuse some commands, as managed ones do. */
@NullMarked
package dev.dorm.cache.servers;

import org.jspecify.annotations.NullMarked;
