package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A backend that does as another one does. */
public abstract class ForwardingBackend implements Backend {

    public final Backend real;

    public ForwardingBackend(Backend real) {
        this.real = real;
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAsync(String key) {
        return real.getAsync(key);
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return real.getManyAsync(keys);
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        return real.setAsync(key, value, timeout);
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return real.deleteAsync(key);
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return real.deletePatternAsync(pattern);
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        return real.executeAsync(steps);
    }

    @Override
    public Layout layout() {
        return real.layout();
    }

    @Override
    public Duration defaultTimeout() {
        return real.defaultTimeout();
    }

    @Override
    public Duration callTimeout() {
        return real.callTimeout();
    }

    @Override
    public boolean handsOutWhatItHolds() {
        return real.handsOutWhatItHolds();
    }

    @Override
    public void close() {}
}
