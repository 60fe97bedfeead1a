package com.example.quickstart;

/**
 * What some work gave, and what it took.
 *
 * @param result what it gave
 * @param sql how many SQL statements it sent to the database
 * @param hits how many entities, collections, natural ids and query results the cache served
 * @param calls how often the store of the entries was called
 * @param millis how long it took
 */
record Measured<T>(T result, long sql, long hits, long calls, long millis) {}
