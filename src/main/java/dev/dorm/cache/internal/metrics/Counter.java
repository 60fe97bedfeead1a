package dev.dorm.cache.internal.metrics;

/** What is counted of a cache: of entries for each region, of calls for each alias. */
public enum Counter {
    /** A row or result was served. */
    HIT(Of.REGION),
    /** Of the hits: the row was kept in this process. */
    NEAR_HIT(Of.REGION),
    /** A row or result was not there. */
    MISS_ABSENT(Of.REGION),
    /** A row was of an older model version. */
    MISS_DEAD(Of.REGION),
    /** A row, or its region, was locked by a writer. */
    MISS_LOCKED(Of.REGION),
    /** A tombstone stood in the row. */
    MISS_TOMBSTONE(Of.REGION),
    /** A query result was older than a write to one of its tables. */
    MISS_STALE(Of.REGION),
    /** Stored bytes could not be verified: unsigned, wrongly signed, or another key's. */
    MISS_UNVERIFIED(Of.REGION),
    /** Verified bytes could not be decoded: another mapping's, or not of our making. */
    MISS_UNDECODABLE(Of.REGION),
    /** An entry was near its end, and one session loads it anew. */
    MISS_REFRESH(Of.REGION),
    /** Of the unverified: there was no signature. */
    REJECTED_UNSIGNED(Of.REGION),
    /** Of the unverified: no key of ours signed it. */
    REJECTED_BAD_SIGNATURE(Of.REGION),
    /** Of the unverified: another model version stood inside. */
    REJECTED_WRONG_VERSION(Of.REGION),
    /** Of the unverified: another key stood inside. */
    REJECTED_WRONG_KEY(Of.REGION),
    /** Of the unverified: it ended too early. */
    REJECTED_TRUNCATED(Of.REGION),
    /** Of the unverified: it was longer than an entry may be. */
    REJECTED_TOO_LONG(Of.REGION),
    /** The backend could not be reached in time. */
    MISS_OUTAGE(Of.REGION),
    /** Somebody waited for another thread of this process that was loading what both had missed. */
    LOAD_AWAITED(Of.REGION),
    /** An entry was stored. */
    PUT(Of.REGION),
    /** An entry was not stored because the model version was not known before the transaction began. */
    PUT_REFUSED_VERSION(Of.REGION),
    /** An entry was not stored because a writer held the row or its region. */
    PUT_REFUSED_LOCKED(Of.REGION),
    /** An entry was not stored over a tombstone, or other bytes, seen only after the transaction began. */
    PUT_REFUSED_UNEXPECTED(Of.REGION),
    /** An entry was not stored because its row was absent, and may have been written after the transaction began. */
    PUT_REFUSED_UNPROVEN(Of.REGION),
    /** An entry was not stored because one was there. */
    PUT_REFUSED_PRESENT(Of.REGION),
    /** An entry was not sent because this process has lately stored the same, or found it there. */
    PUT_REFUSED_STANDING(Of.REGION),
    /** An entry was not stored because the transaction was too old, rolled back, or had too many. */
    PUT_REFUSED_TRANSACTION(Of.REGION),
    /** An entry was not stored because a value's type is not of the closed set. */
    PUT_REFUSED_UNSUPPORTED(Of.REGION),
    /** A query result was not stored because Hibernate had read only a part of it. */
    PUT_REFUSED_INCOMPLETE(Of.REGION),
    /** An entry was not stored because what had been stored of it could not be read, and neither can this. */
    PUT_REFUSED_UNREADABLE(Of.REGION),
    /** An entry was not stored because it was longer than an entry may be. */
    PUT_REFUSED_TOO_LONG(Of.REGION),
    /** An entry was not stored because the backend's memory was full. */
    PUT_REFUSED_NO_MEMORY(Of.REGION),
    /** A row was locked. */
    LOCK(Of.REGION),
    /** A row was invalidated. */
    INVALIDATION(Of.REGION),
    /** A model version was bumped. */
    BUMP(Of.ALIAS),
    /** Everything was made dead that the backend's server could hold from before it began, or others had done so. */
    RENEWAL(Of.ALIAS),
    /** A backend was called, which is one round trip that was waited for: at once, or, for locks that travel, before the commit. */
    CALL(Of.ALIAS),
    /** What was sent was answered. */
    ANSWER(Of.ALIAS),
    /** How long it took until it was, in nanoseconds. */
    ANSWER_NANOS(Of.ALIAS),
    /** Steps were sent when a transaction had completed, and nobody waited for the replies. */
    SETTLEMENT(Of.ALIAS),
    /** Somebody waited for such steps all the same: to read or lock what they change, or because many were under way. */
    SETTLEMENT_AWAITED(Of.ALIAS),
    /** A call to the backend failed. */
    OUTAGE(Of.ALIAS),
    /** A call was not made: the backend has failed and not answered since, or failed in the same transaction. */
    BYPASSED(Of.ALIAS),
    /** The circuit breaker opened: the backend failed too often, and is bypassed from now on. */
    BREAKER_OPENED(Of.ALIAS);

    /** Of what something is counted. */
    enum Of {
        REGION,
        ALIAS
    }

    private final Of of;

    Counter(Of of) {
        this.of = of;
    }

    Of of() {
        return of;
    }
}
