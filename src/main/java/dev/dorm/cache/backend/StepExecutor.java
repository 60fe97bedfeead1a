package dev.dorm.cache.backend;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs steps on a store: a {@link Backend} does, and so does its {@linkplain Backend#behind way behind} calls that are
 * not answered yet.
 *
 * <p>Provisional: see the package.
 */
public interface StepExecutor {

    /**
     * Runs steps as one batch: they are sent together, each is atomic and idempotent by itself, and they take effect
     * in their order wherever they touch the same shard. The batch costs one round trip (one per server, in parallel,
     * in a cluster).
     *
     * @param steps what to do
     * @return the steps' replies, in their order; fails as a whole when any step failed
     */
    CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps);

    /**
     * Runs steps as {@link #executeAsync} does and waits for the replies.
     *
     * @param steps what to do
     * @return their replies
     */
    Replies execute(List<? extends Step<?>> steps);
}
