package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a backend fails, and why: once a minute at most for each cause, which is looked for more often. Thread-safe. */
final class OutageLog {

    /** More causes at once are not told apart: a message may hold what changes with every call. */
    static final int CAUSES = 10;

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    /** After so long the same failure is asked about anew: what was not known while everybody was busy may be by now. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    private final String alias;
    private final Supplier<Backend> backend;
    private final LongSupplier ticker;

    /** When the cause of each message was looked for. */
    private final Map<String, Long> explained = new HashMap<>();

    /** The same, as often as it may be. */
    private final Map<String, Long> asked = new HashMap<>();

    /** When each cause was said. */
    private final Map<String, Long> said = new HashMap<>();

    /** Complete when nothing is being looked for: lines stay in their order. */
    private CompletableFuture<?> before = CompletableFuture.completedFuture(null);

    OutageLog(String alias, Supplier<Backend> backend, LongSupplier ticker) {
        this.alias = alias;
        this.backend = backend;
        this.ticker = ticker;
    }

    void failed(BackendException failure) {
        LOG.debug("The cache '{}' failed", alias, failure);
        boolean first = isDue(explained, failure, QUIET);
        if (isDue(asked, failure, AGAIN.toNanos()) || first) {
            next(explained(failure), cause -> {
                if (isDue(said, cause, QUIET)) {
                    LOG.warn("The cache '{}' fails and is bypassed: {}", alias, cause.getMessage());
                }
            });
        }
    }

    private CompletableFuture<BackendException> explained(BackendException failure) {
        try {
            return backend.get().explained(failure).exceptionally(none -> failure);
        } catch (RuntimeException closed) {
            return CompletableFuture.completedFuture(failure);
        }
    }

    /** Says something behind what is being said. */
    void then(Runnable line) {
        next(CompletableFuture.completedFuture(null), none -> line.run());
    }

    private synchronized <T extends @Nullable Object> void next(CompletableFuture<T> known, Consumer<T> line) {
        before = before.thenCombine(known, (done, value) -> value).thenAccept(line);
    }

    private synchronized boolean isDue(Map<String, Long> last, BackendException failure, long pause) {
        long now = ticker.getAsLong();
        last.values().removeIf(at -> now - at >= pause);
        return last.size() < CAUSES && last.putIfAbsent(String.valueOf(failure.getMessage()), now) == null;
    }
}
