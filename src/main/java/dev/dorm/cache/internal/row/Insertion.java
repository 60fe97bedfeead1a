package dev.dorm.cache.internal.row;

/**
 * A row that a transaction has inserted.
 *
 * @param rows what it is one of
 * @param proven whether the database gives back what was inserted
 */
public record Insertion(RowNamespace rows, boolean proven) {}
