package dev.dorm.cache.history;

/** What happens to the Redis of a run, and where its clients find it. */
interface Fault extends AutoCloseable {

    /** Returns the location that the applications are given, and perhaps further settings of the cache. */
    Options settings();

    /** Returns what one of the processes is told besides. */
    default Options of(int process) {
        return new Options();
    }

    /** Is called once, some time before it fails. */
    default void warm() {}

    /** Makes Redis fail. */
    void begin();

    /** Is called once, when half of the time is over. */
    default void middle() {}

    /** Is called every so often until the end; returns whether Redis serves again by itself. */
    default boolean goesOn() {
        return false;
    }

    /** Lets Redis serve again, if it does not. */
    void end();

    /** Returns whether a process may believe its server for no more than a second after it has failed. */
    default boolean bounds(int process) {
        return false;
    }

    /** Returns whether locks may be lost, as in a flush. */
    default boolean losesLocks() {
        return true;
    }

    /** Returns whether writes are refused under {@code fail}. */
    default boolean refuses() {
        return true;
    }

    /** Ends the servers. */
    @Override
    void close();
}
