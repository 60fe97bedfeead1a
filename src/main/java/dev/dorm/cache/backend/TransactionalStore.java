package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store of bytes under string keys that can do several reads and writes as one. Everything else that a {@link Backend}
 * does is derived from it: the steps and their replies, batches, plain reads and writes, patterns, waiting.
 *
 * <p>Provisional: see the package. {@code TransactionalStoreContract}, in the test jar, is the kit that a store must pass.
 *
 * <p>This is the short way to a backend of one's own. A store that runs the steps itself, as Redis does by scripts, or
 * whose memory may become older than it was, implements {@link Backend}.
 *
 * <p>A class that the {@code backend} setting names needs a public constructor that takes {@link BackendSettings}. The
 * store need not be there when it is called. Implementations are thread-safe. Every method may throw a
 * {@link BackendException} when the store cannot be reached or answers with an error.
 */
public interface TransactionalStore extends AutoCloseable {

    /**
     * What a transaction touches.
     *
     * @param keys every key that it may read or write
     * @param groups names of what it changes together. Transactions with a group in common run one after another; one
     *     without any only reads, or writes single values
     * @param everything whether it runs one after another with every transaction that has groups, too
     */
    record Access(Set<String> keys, Set<String> groups, boolean everything) {}

    /** The store, as one transaction reads and changes it. */
    interface Transaction {

        /**
         * Returns the bytes under a key, as this transaction left them.
         *
         * @param key one of the {@linkplain Access#keys() keys}
         * @return the bytes, or null when there are none or their time is over; whoever changes them puts them again
         */
        byte @Nullable [] get(String key);

        /**
         * Stores bytes under a key.
         *
         * @param key one of the {@linkplain Access#keys() keys}
         * @param value the bytes
         * @param timeout how long they stay, never negative; {@link Duration#ZERO} means until deleted
         */
        void put(String key, byte[] value, Duration timeout);

        /**
         * Deletes a key.
         *
         * @param key one of the {@linkplain Access#keys() keys}
         * @return whether there was a value
         */
        boolean remove(String key);

        /**
         * Returns the store's time: the same clock for every process, and the one by which values leave.
         *
         * @return microseconds since 1970, read after the transaction was alone in its groups
         */
        long micros();

        /**
         * Returns a number above all that a counter of this store ever had, for one that was lost.
         *
         * @return by default the time: no store counts more than once in a microsecond for long
         */
        default long seed() {
            return micros();
        }

        /**
         * Is told which number a counter was given; for a store that can count faster than the time goes.
         *
         * @param number the number
         */
        default void counted(long number) {}
    }

    /**
     * Runs work as one transaction, and returns when it has taken effect.
     *
     * <ul>
     *   <li>All that the work changes is there for everybody when this method returns, or nothing is when it throws. Of a
     *       lost connection nobody may know which; the steps bear that.
     *   <li>What it reads was there at one moment: no other transaction shows only a part of what it changed.
     *   <li>While it runs, no other transaction with one of its groups reads or changes anything, in any process.
     * </ul>
     *
     * @param access what it touches
     * @param work what it does; it does not wait for anything, and may be run again from its beginning
     * @param <T> the type of its result
     * @return the work's result
     */
    <T extends @Nullable Object> T transact(Access access, Function<Transaction, T> work);

    /**
     * Returns the keys that begin with a prefix, without those whose time is over.
     *
     * @param prefix the prefix, perhaps empty
     * @return the keys; those that come or go meanwhile may be missing
     */
    Collection<String> keys(String prefix);

    /**
     * Returns where the entries are, for the log line at the start: without passwords.
     *
     * @return such as {@code jdbc:postgresql://cache.example.com/cache}
     */
    default String place() {
        return toString();
    }

    /** Releases what the store holds. Idempotent; what is called afterwards fails. */
    @Override
    void close();
}
