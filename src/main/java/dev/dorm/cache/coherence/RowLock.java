package dev.dorm.cache.coherence;

import dev.dorm.cache.backend.Row;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** A writer's hold on a row, from the first {@code lockItem} of its transaction to completion. */
final class RowLock implements SoftLock {

    private final CachedRows rows;
    private final Row row;
    private final String token;
    private final SessionContext owner;
    private boolean acknowledged;
    private boolean spoilt;
    private long version;
    private long lockedAt;
    private byte @Nullable [] value;

    RowLock(CachedRows rows, Row row, String token, SessionContext owner) {
        this.rows = rows;
        this.row = row;
        this.token = token;
        this.owner = owner;
    }

    CachedRows rows() {
        return rows;
    }

    Row row() {
        return row;
    }

    String token() {
        return token;
    }

    SessionContext owner() {
        return owner;
    }

    /** Says that the lock stands. The version of the first time is the one that unlock compares. */
    void acknowledge(long currentVersion, long now) {
        if (!acknowledged) {
            version = currentVersion;
        }
        acknowledged = true;
        lockedAt = now;
    }

    /** Returns whether the lock must be taken, or taken again, before a commit at {@code now}. */
    boolean wanting(long now) {
        return !acknowledged || now - lockedAt >= Began.FENCE.toNanos();
    }

    long version() {
        return version;
    }

    /** Says what the row holds once the transaction has committed; null for nothing that may be cached. */
    void leave(byte @Nullable [] body) {
        value = body;
    }

    /** Says that nobody knows what the row holds then. */
    void spoil() {
        spoilt = true;
    }

    /** Returns the entry's body that unlock may store: none when the lock never stood. */
    byte @Nullable [] value() {
        return acknowledged && !spoilt ? value : null;
    }
}
