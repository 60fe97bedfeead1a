package dev.dorm.cache.coherence;

/**
 * A row that a transaction has inserted.
 *
 * @param rows what it is one of
 * @param proven whether the database gives back what was inserted
 */
record Insertion(CachedRows rows, boolean proven) {}
