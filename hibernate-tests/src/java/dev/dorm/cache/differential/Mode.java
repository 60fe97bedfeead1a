package dev.dorm.cache.differential;

/** What kind of session begins. */
enum Mode {
    STATEFUL,
    STATELESS,
    /** On a connection that the application brought, and whose snapshot it had taken before. */
    OWN_CONNECTION
}
