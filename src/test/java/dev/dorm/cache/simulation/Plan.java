package dev.dorm.cache.simulation;

import java.time.Duration;
import java.util.List;

/**
 * All that is going to happen, but for the order that follows from it: the same plan gives the same history.
 *
 * @param seed of the messages' ways
 * @param setup what is cached, and how
 * @param acts what the processes, the server and the messages do
 * @param troubles what happens to messages
 */
record Plan(long seed, Setup setup, List<Act> acts, List<Trouble> troubles) {

    /**
     * What is cached, and how.
     *
     * @param processes how many processes there are
     * @param strict whether a write without its lock fails
     * @param near whether rows are kept in the processes
     * @param versioned whether rows have a version
     * @param snapshot whether transactions read one snapshot; else what is committed
     * @param nonstrict whether rows are NONSTRICT_READ_WRITE; else READ_WRITE
     * @param heals whether it is waited for the time when everything must be well again
     */
    record Setup(
            int processes,
            boolean strict,
            boolean near,
            boolean versioned,
            boolean snapshot,
            boolean nonstrict,
            boolean heals) {}

    /** Something that happens at a time. */
    sealed interface Act {

        Duration at();
    }

    /** How a transaction ends. */
    enum End {
        COMMIT,
        ROLLBACK,
        /** The commit is reported to have failed, and comes all the same after a while. */
        FAIL_AND_COMMIT,
        /** The commit is reported to have failed, and has. */
        FAIL
    }

    /** What a session does in its transaction. */
    enum Verb {
        READ,
        QUERY,
        /** Writes all columns. */
        UPDATE,
        /** Writes one column. */
        CHANGE,
        DELETE,
        INSERT,
        BULK
    }

    /**
     * One operation.
     *
     * @param verb what
     * @param row of which row
     * @param think how long it takes until the next
     */
    record Operation(Verb verb, int row, Duration think) {}

    /**
     * A session with one transaction.
     *
     * @param at when it begins
     * @param name its name
     * @param process where
     * @param operations what it does
     * @param end how it ends
     * @param doubt how long a commit that has failed takes to come
     */
    record Session(Duration at, String name, int process, List<Operation> operations, End end, Duration doubt)
            implements Act {}

    /** What happens to the server. */
    enum Blow {
        CRASH_EMPTY,
        CRASH_OLD,
        SAVE,
        DISCONNECT,
        FREEZE,
        EVICT,
        SET_CLOCK
    }

    /** Something happens to the server. */
    record ServerAct(Duration at, Blow blow, Duration time, int which) implements Act {}

    /** A process stands still for a while. */
    record Pause(Duration at, int process, Duration time) implements Act {}

    /** A process dies and is started anew. */
    record Restart(Duration at, int process) implements Act {}
}
