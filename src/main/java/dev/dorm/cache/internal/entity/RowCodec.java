package dev.dorm.cache.internal.entity;

import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** Turns what Hibernate puts into one kind of row into a body, and back. Thread-safe. */
public interface RowCodec {

    /**
     * Encodes a value.
     *
     * @param value what Hibernate hands to {@code putFromLoad}, {@code afterInsert} or {@code afterUpdate}
     * @return the body
     * @throws UnsupportedValueException when the value holds something outside the closed set
     */
    byte[] encode(Object value) throws UnsupportedValueException;

    /**
     * Decodes a body.
     *
     * @param bytes an array that holds the body
     * @param offset where it begins
     * @param length how long it is
     * @param session the session that reads
     * @return what Hibernate expects from {@code get}
     * @throws UndecodableException when it cannot be decoded; no other exception is thrown for any bytes
     */
    Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session)
            throws UndecodableException;

    /**
     * Returns which version of the row a value shows: of two that were committed, the later one has the higher version.
     *
     * @param value as given to {@link #encode}
     * @return the version, or a negative number when it is none that can be compared so
     */
    default long version(Object value) {
        return -1;
    }

    /**
     * Returns whether a statement may write a part of such a row, so that a writer must say what proves the rest.
     *
     * @return true for an entity's
     */
    default boolean isWrittenInParts() {
        return false;
    }

    /**
     * Returns whether a value may be handed to several sessions, as what Hibernate makes of it is each session's own.
     *
     * @param value what {@link #decode} returned
     * @return false when one session could change what another sees
     */
    default boolean isShareable(Object value) {
        return false;
    }
}
