package dev.dorm.cache.backend;

/**
 * What a writer found in the place of a row that it locked.
 *
 * @param version the shard's current version
 * @param found whether the very entry that the writer expected stood there
 * @param kept whether its own lock stood there, so that nobody can have written the row since that was taken
 */
public record LockReply(long version, boolean found, boolean kept) {}
