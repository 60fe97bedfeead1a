package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.internal.lifetime.Lifetime;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Who takes part in an exploration of the row protocol. Writers and readers stand on the JVMs; writer {@code i} on JVM
 * {@code i % jvms}.
 *
 * @param writers what each writer does
 * @param readers where each reader stands, and how many transactions it makes
 * @param jvms how many JVMs there are
 * @param flushes how often the store may lose everything; if at all, no writer crashes
 * @param rollbacks how many updates may be rolled back
 * @param waits how often some time may pass for no reason
 * @param ttl how long entries live
 * @param latePuts whether what was loaded is put when the transaction ends, and not when it is loaded
 * @param losses how often the store may lose one key, whatever it holds
 * @param copies how often a step that was sent arrives once more, or only later than its sender believes
 * @param raises how often the row's version may be raised by somebody who tells no cache of it
 * @param settling whether what follows a completion arrives some time later, or never, and nobody waits for it
 * @param mutant the rule that is taken away
 */
public record RowScope(
        List<Kind> writers,
        List<Reads> readers,
        int jvms,
        int flushes,
        int rollbacks,
        int waits,
        Duration ttl,
        boolean latePuts,
        int losses,
        int copies,
        int raises,
        boolean settling,
        RowMutant mutant) {

    /** What a writer does to the row. */
    public enum Kind {
        /** Changes it, and knows its new value. */
        UPD,
        /** Does so too, but has locked it at once and not just before its commit, so that a long time may lie between. */
        EARLY,
        /** Changes it, and leaves nothing that may be cached. */
        DEL,
        /** Deletes it, and inserts it again: its version begins anew. */
        ANEW,
        /** Changes all rows, and locks the region. */
        BULK;

        /** Returns whether it may leave an entry behind. */
        boolean leavesValue() {
            return this == UPD || this == EARLY;
        }
    }

    /** What a reader does besides. */
    enum Reading {
        /** Nothing. */
        ONLY,
        /** Raises the version first, and tells no cache of it; its transaction is committed or rolled back. */
        RAISES,
        /** Changes the row first, and tells the cache of its table; this it undoes, to a savepoint, and commits. */
        UNDOES
    }

    /** A reader's JVM, the number of its transactions, and what each does. */
    record Reads(int jvm, int transactions, Reading reading) {}

    static RowScope of(List<Kind> writers, Reads... readers) {
        int jvms = 1 + List.of(readers).stream().mapToInt(Reads::jvm).max().orElse(0);
        return new RowScope(
                writers,
                List.of(readers),
                jvms,
                0,
                0,
                0,
                Duration.ofSeconds(120),
                false,
                0,
                0,
                0,
                false,
                RowMutant.NONE);
    }

    static Reads reads(int jvm, int transactions) {
        return new Reads(jvm, transactions, Reading.ONLY);
    }

    static Reads raises(int jvm, int transactions) {
        return new Reads(jvm, transactions, Reading.RAISES);
    }

    static Reads undoes(int jvm, int transactions) {
        return new Reads(jvm, transactions, Reading.UNDOES);
    }

    RowScope flushing() {
        return new RowScope(
                writers, readers, jvms, 1, rollbacks, waits, ttl, latePuts, losses, copies, raises, settling, mutant);
    }

    RowScope rollingBack() {
        return new RowScope(
                writers, readers, jvms, flushes, 1, waits, ttl, latePuts, losses, copies, raises, settling, mutant);
    }

    /** Time may pass between a lock and another, and entries live for less than a transaction may be old to put. */
    RowScope waiting() {
        return new RowScope(
                writers,
                readers,
                jvms,
                flushes,
                rollbacks,
                1,
                Duration.ofSeconds(50),
                latePuts,
                losses,
                copies,
                raises,
                settling,
                mutant);
    }

    /** Returns for how long a transaction may be old to put: as the shortest life that any process gives. */
    Duration shortest() {
        return new Lifetime(ttl, 0, 0, 0).shortest();
    }

    RowScope puttingLate() {
        return new RowScope(
                writers, readers, jvms, flushes, rollbacks, waits, ttl, true, losses, copies, raises, settling, mutant);
    }

    RowScope losing() {
        return new RowScope(
                writers, readers, jvms, flushes, rollbacks, waits, ttl, latePuts, 1, copies, raises, settling, mutant);
    }

    /** So many steps are doubled, or held on their way. */
    RowScope repeating(int times) {
        return new RowScope(
                writers, readers, jvms, flushes, rollbacks, waits, ttl, latePuts, losses, times, raises, settling,
                mutant);
    }

    /** What follows a completion comes later than its sender goes on. */
    RowScope settlingLater() {
        return new RowScope(
                writers, readers, jvms, flushes, rollbacks, waits, ttl, latePuts, losses, copies, raises, true, mutant);
    }

    /** The version is raised so often, and no cache is told. */
    RowScope raising(int times) {
        return new RowScope(
                writers, readers, jvms, flushes, rollbacks, waits, ttl, latePuts, losses, copies, times, settling,
                mutant);
    }

    /** Whether values are told by more than their order: versions are compared, of entries that may be late. */
    boolean comparesVersions() {
        return raises > 0 || writers.contains(Kind.ANEW) || readers.stream().anyMatch(r -> r.reading() != Reading.ONLY);
    }

    /** Whether the row is cached, and stays so: what is undone must not fill an absent one, and would. */
    boolean filled() {
        return readers.stream().anyMatch(r -> r.reading() == Reading.UNDOES);
    }

    RowScope without(RowMutant rule) {
        return new RowScope(
                writers, readers, jvms, flushes, rollbacks, waits, ttl, latePuts, losses, copies, raises, settling,
                rule);
    }

    UnaryOperator<Backend> backend() {
        return real -> mutant.mutation() == null ? real : new MutatedBackend(real, mutant.mutation());
    }

    @Override
    public String toString() {
        return writers + " "
                + readers.stream().map(RowScope::told).toList()
                + (flushes > 0 ? " flush" : "") + (rollbacks > 0 ? " rollback" : "") + (waits > 0 ? " wait" : "")
                + (latePuts ? " late puts" : "") + (losses > 0 ? " loss" : "")
                + (copies > 0 ? " copies" + copies : "")
                + (raises > 0 ? " raises" + raises : "") + (settling ? " settling" : "")
                + (mutant == RowMutant.NONE ? "" : " without " + mutant);
    }

    private static String told(Reads reads) {
        String told = "r@" + reads.jvm + "x" + reads.transactions;
        return reads.reading == Reading.ONLY ? told : told + " " + reads.reading;
    }
}
