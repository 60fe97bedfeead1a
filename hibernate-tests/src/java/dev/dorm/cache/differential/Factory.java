package dev.dorm.cache.differential;

/** Which of the session factories: without a cache there is one for all, and not each setup has all three. */
enum Factory {
    A,
    B,
    C
}
