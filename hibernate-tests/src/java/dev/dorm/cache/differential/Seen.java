package dev.dorm.cache.differential;

/**
 * What a step has read of one unit: an entity's row, a collection, a natural id, a query's result.
 *
 * @param unit what was read
 * @param value its value
 * @param probe how to read it again
 */
record Seen(String unit, String value, Probe probe) {}
