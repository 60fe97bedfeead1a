package dev.dorm.cache.internal.signing;

/** Why stored bytes are not the entry that was asked for. Each is a miss. */
public enum Rejection {
    /** The bytes have no envelope. */
    UNSIGNED,
    /** No key of ours signed the payload. */
    BAD_SIGNATURE,
    /** The entry was written under another model version. */
    WRONG_VERSION,
    /** The entry was written under another key: somebody copied it. */
    WRONG_KEY,
    /** The payload ends before its body begins, or does not begin with a version. */
    TRUNCATED,
    /** There are more bytes than an entry may have. */
    TOO_LONG
}
