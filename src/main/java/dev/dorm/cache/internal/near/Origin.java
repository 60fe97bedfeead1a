package dev.dorm.cache.internal.near;

/**
 * The entry from which a session took a row's state.
 *
 * @param identity what tells it from every other entry
 * @param value what Hibernate was given of it
 */
public record Origin(String identity, Object value) {}
