package dev.dorm.cache.testing;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend in process that can stop to answer, and counts how often the threads of a test then wait for it. */
public final class FreezingBackend implements Backend {

    private static final AtomicBoolean FROZEN = new AtomicBoolean();
    private static final AtomicInteger WAITS = new AtomicInteger();
    private static final Duration QUICK = Duration.ofMillis(250);

    private static volatile Duration timeout = QUICK;

    private final Backend delegate;

    /**
     * Creates the backend.
     *
     * @param settings the alias's settings
     */
    public FreezingBackend(BackendSettings settings) {
        delegate = new LocMemBackend(settings);
    }

    /** Lets all such backends answer nothing from now on, and counts from 0. */
    public static void freeze() {
        freeze(QUICK);
    }

    /**
     * Lets all such backends answer nothing from now on, and counts from 0.
     *
     * @param callTimeout how long a call is waited for
     */
    public static void freeze(Duration callTimeout) {
        timeout = callTimeout;
        WAITS.set(0);
        FROZEN.set(true);
    }

    /** Lets them answer again. */
    public static void thaw() {
        FROZEN.set(false);
    }

    /**
     * Returns how many calls were made since it froze, but for those of the library's own threads.
     *
     * @return their number
     */
    public static int waits() {
        return WAITS.get();
    }

    private static boolean freezes() {
        if (FROZEN.get() && !Thread.currentThread().getName().startsWith("dorm-")) {
            WAITS.incrementAndGet();
        }
        return FROZEN.get();
    }

    @Override
    public CompletableFuture<byte[]> getAsync(String key) {
        return freezes() ? new CompletableFuture<>() : delegate.getAsync(key);
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return freezes() ? new CompletableFuture<>() : delegate.getManyAsync(keys);
    }

    @Override
    public CompletableFuture<Void> setAsync(String key, byte[] value, Duration timeout) {
        return freezes() ? new CompletableFuture<>() : delegate.setAsync(key, value, timeout);
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return freezes() ? new CompletableFuture<>() : delegate.deleteAsync(key);
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return freezes() ? new CompletableFuture<>() : delegate.deletePatternAsync(pattern);
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        return freezes() ? new CompletableFuture<>() : delegate.executeAsync(steps);
    }

    @Override
    public Duration defaultTimeout() {
        return delegate.defaultTimeout();
    }

    @Override
    public Duration callTimeout() {
        return timeout;
    }

    @Override
    public void close() {
        delegate.close();
    }
}
