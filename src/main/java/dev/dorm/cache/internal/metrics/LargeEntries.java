package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.internal.signing.EntryLimit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the entries of one namespace that are larger than an entry may be: each is counted, and one is warned of. Thread-safe. */
public final class LargeEntries {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String namespace;
    private final Counters counters;
    private final EntryLimit limit;
    private final AtomicBoolean warned = new AtomicBoolean();

    public LargeEntries(String namespace, Counters counters, EntryLimit limit) {
        this.namespace = namespace;
        this.counters = counters;
        this.limit = limit;
    }

    /** Returns whether a body is too large to be put, and counts that. */
    public boolean refuses(int length) {
        if (limit.admits(length)) {
            return false;
        }
        counters.count(Counter.PUT_REFUSED_TOO_LONG);
        warn(length);
        return true;
    }

    /** Says that one was found in the store, of so many bytes. */
    public void found(int length) {
        warn(length);
    }

    private void warn(int length) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Not cached: an entry of {} has {} bytes, more than the {} of setting {}",
                    namespace,
                    length,
                    limit.bytes(),
                    limit.setting());
        }
    }
}
