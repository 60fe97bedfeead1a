/**
 * A differential check: random programs run with the cache and without it, on two databases set up alike, and what they
 * read must be equal. {@code docs/history-check.md} says what is compared.
 */
package dev.dorm.cache.differential;
