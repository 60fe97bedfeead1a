package dev.dorm.cache.internal.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a backend fails, once a minute at most. */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final String alias;
    private final LongSupplier ticker;
    private final AtomicLong next;

    OutageLog(String alias, LongSupplier ticker) {
        this.alias = alias;
        this.ticker = ticker;
        this.next = new AtomicLong(ticker.getAsLong());
    }

    void failed(RuntimeException cause) {
        long now = ticker.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + QUIET)) {
            LOG.warn("The cache '{}' fails and is bypassed: {}", alias, cause.getMessage());
        }
        LOG.debug("The cache '{}' failed", alias, cause);
    }
}
