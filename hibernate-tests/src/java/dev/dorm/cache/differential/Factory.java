package dev.dorm.cache.differential;

/** Which of the session factories: without a cache there is one for all. */
enum Factory {
    A,
    B
}
