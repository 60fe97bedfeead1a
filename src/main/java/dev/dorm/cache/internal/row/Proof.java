package dev.dorm.cache.internal.row;

/** What proves that the state which a transaction leaves of a row is what the database then holds. */
public enum Proof {
    /** Nothing: a tombstone takes the row's place, and who needs the row loads it. */
    NONE,
    /** It was made of an entry, if that stood in the row's place until the lock. */
    ENTRY,
    /** The statements wrote every cached column. */
    STATEMENT
}
