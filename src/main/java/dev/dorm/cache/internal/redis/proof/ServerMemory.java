package dev.dorm.cache.internal.redis.proof;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a server remembers: the history of writes that its replication id names. A restart or a failover begins another one.
 * It is believed while there is proof that the server is still the master of that history and takes locks. Thread-safe.
 *
 * <p>All times are of this process's monotonic clock, in nanoseconds.
 */
public final class ServerMemory {

    /**
     * How long a proof holds, from when it was asked for. After a failover locks count only later than that, and until then
     * nothing that is written over and over is served.
     */
    public static final Duration LEASE = Duration.ofMillis(600);

    /** How old a proof is when the next one is asked for. */
    public static final Duration PAUSE = Duration.ofMillis(250);

    /**
     * For how long no lock counts after a replica became the master, from when this process learned of it: then no process
     * has proof of the master of before. It is the lease, and a tenth for clocks that run at different rates.
     */
    public static final Duration HOLD = LEASE.plus(LEASE.dividedBy(10));

    /** Stands in the id of a server that tells none, before its address. */
    static final char PLACE = '@';

    private final String id;
    private final long locksFrom;
    private final AtomicLong asked;
    private long acknowledged;
    private volatile long proven;
    private volatile boolean anyProof;
    private volatile boolean over;
    private volatile boolean hasScript;
    private volatile @Nullable String proofKey;

    /**
     * A question for proof.
     *
     * @param of the memory it is to prove, or null when none is known yet
     * @param number what the server is given to keep
     * @param least what it must have kept of the questions before, at the least
     * @param asked when it is asked
     */
    public record Proof(@Nullable ServerMemory of, long number, long least, long asked) {}

    /**
     * Begins to know a memory.
     *
     * @param id the replication id
     * @param now when it was met
     * @param promoted whether the server may have been a replica, whose former master others may believe still
     */
    ServerMemory(String id, long now, boolean promoted) {
        this.id = id;
        this.locksFrom = promoted ? now + HOLD.toNanos() : now;
        this.asked = new AtomicLong(now - LEASE.toNanos());
    }

    /** Returns the replication id. */
    public String id() {
        return id;
    }

    /** Returns the replication id as the server's scripts know it. */
    public String idInScripts() {
        int at = id.indexOf(PLACE);
        return at < 0 ? id : id.substring(0, at);
    }

    /** Returns whether the server tells its replication id. */
    private boolean isTold() {
        return id.indexOf(PLACE) < 0;
    }

    /** Returns whether what was read of it may be believed. */
    public boolean isBelieved(long now) {
        return !over && anyProof && now - proven < LEASE.toNanos();
    }

    /** Returns until when it may be believed, as far as is known now. */
    public long believedUntil(long now) {
        return isBelieved(now) ? proven + LEASE.toNanos() : now;
    }

    /** Returns whether a proof is to be asked for, although nobody reads. */
    public boolean isDue(long now) {
        return !over && now - asked.get() >= PAUSE.toNanos();
    }

    /** Returns whether it is known that it is remembered no more. */
    boolean isOver() {
        return over;
    }

    /** Says that another memory has taken its place. */
    void end() {
        over = true;
    }

    /** Returns whether the server knows the script of the proof. */
    public boolean hasScript() {
        return hasScript;
    }

    public void hasScript(boolean known) {
        hasScript = known;
    }

    /** Returns where the server keeps the proof; null when that is not settled. */
    public @Nullable String proofKey() {
        return proofKey;
    }

    public void proofKey(@Nullable String key) {
        proofKey = key;
    }

    /** Returns when locks begin to count. */
    public long locksFrom() {
        return locksFrom;
    }

    /**
     * Returns the proof to ask for now: by one caller each {@link #PAUSE}, and by all when what there is will not last until
     * the reply.
     */
    @Nullable
    Proof due(long now, AtomicLong numbers) {
        long last = asked.get();
        // Where no id tells two servers apart, what one connection has proven says nothing of another: each read asks.
        boolean urgent = !isTold() || !anyProof || now - proven >= 2 * PAUSE.toNanos();
        if (!urgent && (now - last < PAUSE.toNanos() || !asked.compareAndSet(last, now))) {
            return null;
        }
        if (urgent) {
            asked.set(now);
        }
        return proof(now, numbers);
    }

    private synchronized Proof proof(long now, AtomicLong numbers) {
        return new Proof(this, numbers.incrementAndGet(), acknowledged, now);
    }

    /** Takes note of an answer, which may be to a question about a memory before; returns false when the server has lost what it had kept. */
    synchronized boolean proven(Proof proof, long before) {
        if (proof.of == this && before < proof.least) {
            end();
            return false;
        }
        acknowledged = Math.max(acknowledged, proof.number);
        if (!anyProof || proof.asked - proven > 0) {
            proven = proof.asked;
            anyProof = true;
        }
        return true;
    }

    @Override
    public String toString() {
        return id;
    }
}
