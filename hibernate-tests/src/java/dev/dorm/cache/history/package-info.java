/**
 * A history check across JVMs: several processes work on one database through one cache, and an oracle that they share
 * in memory says of every value read whether it may be seen. {@code docs/history-check.md} explains it.
 */
package dev.dorm.cache.history;
