package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a backend takes no entries because its memory is full: once a minute at most. Thread-safe. */
public final class FullMemory {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final String alias;
    private final LongSupplier ticker;
    private final AtomicLong said;

    public FullMemory(String alias, LongSupplier ticker) {
        this.alias = alias;
        this.ticker = ticker;
        this.said = new AtomicLong(ticker.getAsLong() - QUIET);
    }

    /** Looks for entries that were refused. */
    public void look(List<? extends Step<?>> steps, Replies replies) {
        for (Step<?> step : steps) {
            if (refused(step, replies)) {
                say();
                return;
            }
        }
    }

    private static boolean refused(Step<?> step, Replies replies) {
        if (step instanceof Step.PutRow put) {
            return replies.of(put).outcome() == PutReply.Outcome.NO_MEMORY;
        }
        return step instanceof Step.PutQuery put && !replies.of(put);
    }

    private void say() {
        long last = said.get();
        long now = ticker.getAsLong();
        if (now - last >= QUIET && said.compareAndSet(last, now)) {
            LOG.warn(
                    "The cache '{}' takes no new entries: its memory is full (OOM), and nothing is evicted. Set"
                            + " maxmemory-policy volatile-lru, and a ttl for every region, or give Redis more memory",
                    alias);
        }
    }
}
