package dev.dorm.cache.history;

/** What happens to the Redis of a run, and where its clients find it. */
interface Fault extends AutoCloseable {

    /** Returns the location that the applications are given, and perhaps further settings of the cache. */
    Options settings();

    /** Is called once, some time before it fails. */
    default void warm() {}

    /** Makes Redis fail. */
    void begin();

    /** Is called every so often until the end; returns whether Redis serves again by itself. */
    default boolean goesOn() {
        return false;
    }

    /** Lets Redis serve again, if it does not. */
    void end();

    /** Ends the servers. */
    @Override
    void close();
}
