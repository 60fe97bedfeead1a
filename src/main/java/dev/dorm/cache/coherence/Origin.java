package dev.dorm.cache.coherence;

/**
 * The entry from which a session took a row's state.
 *
 * @param identity what tells it from every other entry
 * @param value what Hibernate was given of it
 */
record Origin(String identity, Object value) {}
