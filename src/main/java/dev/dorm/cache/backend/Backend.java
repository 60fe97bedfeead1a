package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store of bytes under string keys, with model versions and the atomic steps of the coherence protocol.
 *
 * <p>Implementations are thread-safe. Every method may throw {@link BackendException}, or complete with it, when the
 * store cannot be reached or answers with an error; callers treat that as an outage, never as an absent key. Arrays
 * handed in or out belong to the receiver: neither side changes them afterwards.
 *
 * <p>A class named by the {@code backend} setting needs a public constructor that takes {@link BackendSettings}. It must pass the
 * kit {@code BackendContract} in the test jar. For a store that has transactions, {@link TransactionalStore} is less to write.
 *
 * <p>Provisional: see the package.
 */
public interface Backend extends StepExecutor, AutoCloseable {

    /**
     * Returns where the entries are, for the log line at the start: without passwords.
     *
     * @return such as {@code redis://cache.example.com:6379/0}
     */
    default String place() {
        return toString();
    }

    /**
     * Returns when the store can be called without waiting for a first connection. The session factory waits for it for some
     * seconds at most, and then cancels it.
     *
     * @return complete when it is open; fails when it cannot be reached now
     */
    default CompletableFuture<?> opened() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Returns why a call has failed, for the log. A store that has only not answered may be asked anew, on a connection of
     * its own: a login that is refused, for instance, shows when a connection is made.
     *
     * @param failure how the call failed
     * @return what is known of the cause, within some seconds, and never a failure; the call's own failure at the least
     */
    default CompletableFuture<BackendException> explained(BackendException failure) {
        return CompletableFuture.completedFuture(failure);
    }

    /**
     * Returns the bytes under a key, without waiting.
     *
     * @param key the key, exactly as stored
     * @return the bytes, or null when there are none
     */
    default CompletableFuture<byte @Nullable []> getAsync(String key) {
        return getManyAsync(List.of(key)).thenApply(values -> values.get(key));
    }

    /**
     * Returns the bytes under each of the keys, in one round trip, without waiting.
     *
     * @param keys the keys
     * @return the keys that have a value, with it
     */
    CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys);

    /**
     * Stores bytes under a key, without waiting.
     *
     * @param key the key
     * @param value the bytes
     * @param timeout how long they stay; {@link Duration#ZERO} means until deleted
     * @return completes when they are stored
     */
    CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout);

    /**
     * Deletes a key, without waiting.
     *
     * @param key the key
     * @return whether there was a value
     */
    CompletableFuture<Boolean> deleteAsync(String key);

    /**
     * Deletes every key that matches a glob pattern, without waiting. The cost in {@code locmem} is that of the
     * matches when the pattern is a literal prefix followed by {@code *}; in Redis that of a SCAN.
     *
     * @param pattern a glob as in Redis: {@code *}, {@code ?}, {@code [a-z]}, {@code \} before a literal
     * @return how many keys were deleted
     */
    CompletableFuture<Long> deletePatternAsync(String pattern);

    /**
     * Returns what runs steps behind calls that are not answered yet, as on one connection, where a server keeps the order. That
     * saves hits only: a step that overtakes all the same makes nothing stale.
     *
     * @param earlier what {@link #executeAsync} has returned for these calls; those that are done do not matter
     * @return what to run steps by; null where no order can be kept, so that the caller has to wait
     */
    default @Nullable StepExecutor behind(Collection<? extends CompletableFuture<Replies>> earlier) {
        return null;
    }

    /**
     * Returns the numbers of a namespace, for the statistics of its region.
     *
     * @param namespace a namespace, as this backend lays it out
     * @return tells them whenever it is asked; null for a store that does not count
     */
    default @Nullable NamespaceStatistics statistics(Namespace namespace) {
        return null;
    }

    /** Returns what servers refuse to this process, by their addresses: each command, and the server's words. */
    default Map<String, Map<String, String>> refusals() {
        return Map.of();
    }

    /**
     * Returns how the keys are spread here.
     *
     * @return {@link Layout#UNDIVIDED} unless this is a cluster
     */
    default Layout layout() {
        return Layout.UNDIVIDED;
    }

    /**
     * Returns a number that grows when the store turns out to have another memory than before: its server was restarted,
     * or another took its place, and what it holds may be older than what was served. A caller that sees it grow between
     * a call and its reply must not believe the reply, and must have everything {@linkplain Step.RenewShard renewed}
     * first. It is noticed at the latest by a batch of nothing but {@link Step.ReadRows}, {@link Step.ReadQuery},
     * {@link Step.RenewShard} and {@link Step.RenewTables}.
     *
     * @return 0 for a store whose memory is always the same
     */
    default long serverEpoch() {
        return 0;
    }

    /**
     * Returns whether what this process keeps of the store may be served without asking it: there is proof, less than a second
     * old, that the store is still the one that takes everybody's locks. {@link Listening#prove} asks for it.
     *
     * @return true for a store that no other can take the place of
     */
    default boolean isProven() {
        return true;
    }

    /**
     * Begins to listen to what any process does over this store, without waiting; while the store cannot be reached, it is tried again.
     * Told are, in the order in which it happened and by the very step that did it: the key of each row that is locked or
     * {@linkplain Step#invalidate invalidated}, whose entry an insert takes away, or which is put as one to be {@linkplain Step.PutRow#told
     * told}; the version's key of each shard whose version changes. Only shards count on whose {@linkplain Shard#channel() channels} the
     * listening is told to {@linkplain Listening#beat listen}.
     *
     * @param listener who is told
     * @return the listening, which the caller closes; null when this store cannot be listened to
     */
    default @Nullable Listening listen(Listener listener) {
        return null;
    }

    /**
     * Returns the time to live of entries for which none was named.
     *
     * @return the {@code ttl} setting; {@link Duration#ZERO} means until invalidated
     */
    Duration defaultTimeout();

    /**
     * Returns whether this backend hands out the very arrays that it holds, to every reader: as long as an entry is not replaced,
     * each reading of it brings the same array. What was found out about its bytes need not be found out again then.
     *
     * @return true for a store in this process that makes no copies
     */
    default boolean handsOutWhatItHolds() {
        return false;
    }

    /**
     * Returns how long a caller should wait for one call.
     *
     * @return the {@code timeout} setting
     */
    Duration callTimeout();

    /** Releases what the backend holds. A client that the application handed in stays open. Idempotent. */
    @Override
    void close();

    /**
     * Returns the bytes under a key.
     *
     * @param key the key, exactly as stored
     * @return the bytes, or null when there are none
     */
    default byte @Nullable [] get(String key) {
        return Waiting.atMost(callTimeout(), getAsync(key));
    }

    /**
     * Returns the bytes under each of the keys, in one round trip.
     *
     * @param keys the keys
     * @return the keys that have a value, with it
     */
    default Map<String, byte[]> getMany(Collection<String> keys) {
        return Waiting.atMost(callTimeout(), getManyAsync(keys));
    }

    /**
     * Stores bytes under a key for the {@linkplain #defaultTimeout() default timeout}.
     *
     * @param key the key
     * @param value the bytes
     */
    default void set(String key, byte[] value) {
        set(key, value, defaultTimeout());
    }

    /**
     * Stores bytes under a key.
     *
     * @param key the key
     * @param value the bytes
     * @param timeout how long they stay; {@link Duration#ZERO} means until deleted
     */
    default void set(String key, byte[] value, Duration timeout) {
        Waiting.atMost(callTimeout(), setAsync(key, value, timeout));
    }

    /**
     * Deletes a key.
     *
     * @param key the key
     * @return whether there was a value
     */
    default boolean delete(String key) {
        return Waiting.atMost(callTimeout(), deleteAsync(key));
    }

    /**
     * Deletes every key that matches a glob pattern; not bounded by the call timeout.
     *
     * @param pattern a glob as in {@link #deletePatternAsync}
     * @return how many keys were deleted
     */
    default long deletePattern(String pattern) {
        return Waiting.without(deletePatternAsync(pattern));
    }

    /**
     * Returns the model version of a namespace, seeding it from the store's time when it is absent; of several shards the sum.
     *
     * @param namespace the namespace
     * @return its version
     */
    default long version(Namespace namespace) {
        return namespace.shards().stream()
                .mapToLong(shard -> run(new Step.ReadVersion(shard)))
                .sum();
    }

    /**
     * Makes every entry of a namespace dead at once.
     *
     * @param namespace the namespace
     * @return its new version
     */
    default long bumpVersion(Namespace namespace) {
        List<Step.BumpVersion> steps =
                namespace.shards().stream().map(Step.BumpVersion::new).toList();
        Replies replies = execute(steps);
        return steps.stream().mapToLong(replies::of).sum();
    }

    @Override
    default Replies execute(List<? extends Step<?>> steps) {
        return Waiting.atMost(callTimeout(), executeAsync(steps));
    }

    /**
     * Runs one step and waits for its reply.
     *
     * @param step what to do
     * @param <R> the reply's type
     * @return its reply
     */
    default <R> R run(Step<R> step) {
        return execute(List.of(step)).of(step);
    }
}
