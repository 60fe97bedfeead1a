package dev.dorm.cache.internal.metrics;

/** What is counted of a cache. */
public enum Counter {
    /** A row or result was served. */
    HIT,
    /** Of the hits: the row was kept in this process. */
    NEAR_HIT,
    /** A row or result was not there. */
    MISS_ABSENT,
    /** A row was of an older model version. */
    MISS_DEAD,
    /** A row, or its region, was locked by a writer. */
    MISS_LOCKED,
    /** A tombstone stood in the row. */
    MISS_TOMBSTONE,
    /** A query result was older than a write to one of its tables. */
    MISS_STALE,
    /** Stored bytes could not be verified: unsigned, wrongly signed, or another key's. */
    MISS_UNVERIFIED,
    /** Verified bytes could not be decoded: another mapping's, or not of our making. */
    MISS_UNDECODABLE,
    /** Of the unverified: there was no signature. */
    REJECTED_UNSIGNED,
    /** Of the unverified: no key of ours signed it. */
    REJECTED_BAD_SIGNATURE,
    /** Of the unverified: another model version stood inside. */
    REJECTED_WRONG_VERSION,
    /** Of the unverified: another key stood inside. */
    REJECTED_WRONG_KEY,
    /** Of the unverified: it ended too early. */
    REJECTED_TRUNCATED,
    /** Of the unverified: it was longer than any of ours. */
    REJECTED_TOO_LONG,
    /** The backend could not be reached in time. */
    MISS_OUTAGE,
    /** An entry was stored. */
    PUT,
    /** An entry was not stored because the model version was not known before the transaction began. */
    PUT_REFUSED_VERSION,
    /** An entry was not stored because a writer held the row or its region. */
    PUT_REFUSED_LOCKED,
    /** An entry was not stored over a tombstone, or other bytes, seen only after the transaction began. */
    PUT_REFUSED_UNEXPECTED,
    /** An entry was not stored because its row was absent, and may have been written after the transaction began. */
    PUT_REFUSED_UNPROVEN,
    /** An entry was not stored because one was there. */
    PUT_REFUSED_PRESENT,
    /** An entry was not stored because the transaction was too old, rolled back, or had too many. */
    PUT_REFUSED_TRANSACTION,
    /** An entry was not stored because a value's type is not of the closed set. */
    PUT_REFUSED_UNSUPPORTED,
    /** A query result was not stored because Hibernate had read only a part of it. */
    PUT_REFUSED_INCOMPLETE,
    /** An entry was not stored because what had been stored of it could not be read, and neither can this. */
    PUT_REFUSED_UNREADABLE,
    /** A row was locked. */
    LOCK,
    /** A row was invalidated. */
    INVALIDATION,
    /** A model version was bumped. */
    BUMP,
    /** Everything was made dead that the backend's server could hold from before it began, or others had done so. */
    RENEWAL,
    /** A backend was called, which is one round trip that was waited for. */
    CALL,
    /** A call to the backend failed. */
    OUTAGE,
    /** A call was not made: the backend has failed and not answered since, or failed in the same transaction. */
    BYPASSED,
    /** The circuit breaker opened: the backend failed too often, and is bypassed from now on. */
    BREAKER_OPENED
}
