package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Turns query results into bodies, and back. Thread-safe. */
public interface ResultCodec {

    /**
     * Returns the SQL of a query, by which the tables that it reads are remembered.
     *
     * @param key Hibernate's key
     * @return its SQL
     */
    String sql(QueryKey key);

    /**
     * Returns the digest that stands for a query in its result's key.
     *
     * @param key Hibernate's key
     * @param session the session that asks
     * @param lifetime the time to live in milliseconds that the query itself asks for, or null
     * @return a SHA-256 in hexadecimal
     * @throws UnsupportedValueException when a parameter has no canonical encoding, or the key may stand for several
     *     queries: it is not cached
     */
    String digest(QueryKey key, SharedSessionContractImplementor session, @Nullable Long lifetime)
            throws UnsupportedValueException;

    /**
     * Encodes a result.
     *
     * @param key Hibernate's key
     * @param item the {@code CacheItem} that {@code QueryResultsCacheImpl} puts
     * @param session the session that puts it
     * @return the body
     * @throws UnsupportedValueException when a row holds something outside the closed set, nobody would know when the
     *     result is stale, or the key is another query's, too
     */
    byte[] encode(QueryKey key, Object item, SharedSessionContractImplementor session) throws UnsupportedValueException;

    /**
     * Returns whether a result that was read by a session with entities of its own has all that its query selects.
     * Hibernate does not read again what belongs to an entity that the session holds, and records null in its place.
     *
     * @param key Hibernate's key
     * @param item what {@code QueryResultsCacheImpl} puts
     * @return false when a part is missing, or may be
     */
    boolean isWhole(QueryKey key, Object item);

    /**
     * Decodes a result.
     *
     * @param bytes an array that holds the body
     * @param offset where it begins
     * @param length how long it is
     * @return the {@code CacheItem} that {@code QueryResultsCacheImpl} expects
     * @throws UndecodableException when it cannot be decoded; no other exception is thrown for any bytes
     */
    Object decode(byte[] bytes, int offset, int length) throws UndecodableException;

    /**
     * Returns whether a result may be handed to several sessions, each of which gets {@linkplain #another one of its own}.
     *
     * @param item what {@link #decode} returned
     * @return false when one session could change what another sees
     */
    boolean isShareable(Object item);

    /**
     * Returns the same result for another session.
     *
     * @param item what {@link #decode} returned, and is {@linkplain #isShareable shareable}
     * @return one with the same values
     */
    Object another(Object item);

    /**
     * Returns the rows of a result.
     *
     * @param item what {@link #decode} returned
     * @return its rows, which know where their reader is
     */
    ResultRows rows(Object item);
}
