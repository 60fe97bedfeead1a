package dev.dorm.cache.internal.row;

/**
 * What a row is to hold.
 *
 * @param bytes the encoded value
 * @param version which version of the row it shows; a negative number for none that can be compared
 */
public record RowBody(byte[] bytes, long version) {}
