package dev.dorm.cache.differential;

/** Reads again what a transaction has read, in a session of its own without a cache. */
interface Probe {
    String read(Work work);
}
