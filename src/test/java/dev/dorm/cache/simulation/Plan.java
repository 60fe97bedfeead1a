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
        FAIL,
        /** The process dies when it has committed, and is started anew. */
        DIE
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
        BULK,
        /** Reads past the cache, as a query does, and fills it. */
        LOAD,
        /** The same, and what is cached and differs must not stay. */
        REFRESH,
        /** Raises the row's version, and nobody tells the cache. */
        RAISE,
        /** Writes the next row, raises this one's version, loads it, and undoes the raise: a savepoint. */
        UNDONE
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
     * How long the end of a transaction takes.
     *
     * @param hold how long it has its locks before it is about to commit; zero when it takes them then
     * @param commit how long the commit takes
     * @param settle how long it takes from the commit to what follows it
     * @param doubt how long a commit that has failed takes to come
     */
    record Ending(Duration hold, Duration commit, Duration settle, Duration doubt) {

        static final Ending QUICK = new Ending(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        Duration all() {
            return hold.plus(commit).plus(settle).plus(doubt);
        }
    }

    /**
     * A session with one transaction.
     *
     * @param at when it begins
     * @param name its name
     * @param process where
     * @param operations what it does
     * @param end how it ends
     * @param ending how long that takes
     */
    record Session(Duration at, String name, int process, List<Operation> operations, End end, Ending ending)
            implements Act {}

    /** What happens to the server. */
    enum Blow {
        CRASH_EMPTY,
        CRASH_OLD,
        SAVE,
        DISCONNECT,
        FREEZE,
        EVICT,
        SET_CLOCK,
        /** Takes no writes: its disk is full, its replicas are away, or the user has no right to. */
        REFUSE,
        /** Becomes a replica in place: who has a connection keeps it for a while, and is answered from what was. */
        DEMOTE,
        /** Loses everything, under the same id and on the same connections. */
        FLUSH,
        /** Loses what says that somebody listens. */
        FORGET
    }

    /** From this number on the server that takes the place of one that is demoted has not got everything. */
    static final int LAGS = 8;

    /** Something happens to the server. */
    record ServerAct(Duration at, Blow blow, Duration time, int which) implements Act {}

    /** A process stands still for a while. */
    record Pause(Duration at, int process, Duration time) implements Act {}

    /** A process hears nothing of what is published for a while, and then all of it. */
    record Mute(Duration at, int process, Duration time) implements Act {}

    /**
     * Nothing that a process sends arrives for a while, and nobody tells it.
     *
     * @param all also on connections that are made now; else a firewall has forgotten those that are there
     */
    record Silence(Duration at, int process, Duration time, boolean all) implements Act {}

    /** A process dies and is started anew. */
    record Restart(Duration at, int process) implements Act {}

    /** Returns whether something happens besides what sessions do: a call may fail. */
    boolean hasFaults() {
        return !troubles.isEmpty() || acts.stream().anyMatch(act -> !(act instanceof Session) && !forgets(act));
    }

    /** No call fails for that. */
    private static boolean forgets(Act act) {
        return act instanceof ServerAct server && server.blow == Blow.FORGET;
    }

    /** Returns whether the server's clock is set: what is late by it is not known then. */
    boolean setsClocks() {
        return acts.stream().anyMatch(act -> act instanceof ServerAct server && server.blow == Blow.SET_CLOCK);
    }

    /** Returns whether the server refuses writes for a while: who comes then is told no time of the server's. */
    boolean refuses() {
        return acts.stream().anyMatch(act -> act instanceof ServerAct server && server.blow == Blow.REFUSE);
    }

    /** Returns whether the server may lose something. */
    boolean loses() {
        return acts.stream()
                .anyMatch(act -> act instanceof ServerAct server
                        && (server.blow == Blow.EVICT
                                || server.blow == Blow.FLUSH
                                || server.blow == Blow.DEMOTE && server.which >= LAGS
                                || server.blow == Blow.CRASH_EMPTY
                                || server.blow == Blow.CRASH_OLD));
    }
}
