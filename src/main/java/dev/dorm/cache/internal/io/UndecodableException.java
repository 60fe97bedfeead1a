package dev.dorm.cache.internal.io;

import org.jspecify.annotations.Nullable;

/** Thrown when bytes cannot be decoded into what was asked for, for whatever reason: a miss, and replaceable. */
public final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public UndecodableException(Reason reason, String message) {
        this(reason, message, null);
    }

    public UndecodableException(Reason reason, String message, @Nullable Throwable cause) {
        // No stack trace: a store full of old entries must not cost one per read.
        super(message, cause, false, false);
        this.reason = reason;
    }

    /**
     * Something failed while a value was read, whatever it was.
     *
     * @param failure what was thrown
     * @return what to throw instead
     */
    public static UndecodableException failed(RuntimeException failure) {
        return new UndecodableException(Reason.MALFORMED, failure.toString(), failure);
    }

    /** Returns this exception with the place where it happened, or would have. */
    public UndecodableException at(String owner, String part) {
        return new UndecodableException(reason, owner + "." + part + ": " + getMessage(), getCause());
    }

    /**
     * Returns the kind of failure.
     *
     * @return what to count it by
     */
    public Reason reason() {
        return reason;
    }

    /** Why bytes cannot be decoded. */
    public enum Reason {
        /** Another version of the application, with another mapping, wrote them. */
        OTHER_MAPPING,
        /** They name a class, an enum constant or an entity that this application does not know. */
        UNKNOWN_NAME,
        /** They hold a local time that says no moment here, or a value that only a process in another time zone can read. */
        OTHER_ZONE,
        /** They are not what any version of this codec writes. */
        MALFORMED
    }
}
