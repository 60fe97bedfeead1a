package dev.dorm.cache.internal.row;

import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be decoded when it was read. Before the like of it is put again, it is read back here: what this process
 * would not be able to read is counted, warned of once, and not put, for it would be a miss and a put for ever.
 * Thread-safe.
 */
public final class Rejected {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    /** What is forgotten beyond this is remembered again when it is read again. */
    private static final int MOST = 1_000;

    private final Counters counters;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    public Rejected(Counters counters) {
        this.counters = counters;
    }

    /** Takes note that something could not be decoded, unless another version of the application wrote it. */
    public void add(String id, UndecodableException why) {
        if (why.reason() == Reason.OTHER_MAPPING || !ids.add(id) || ids.size() <= MOST) {
            return;
        }
        Iterator<String> oldest = ids.iterator();
        if (oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Decodes what was just encoded. */
    public interface Reading {
        void read() throws UndecodableException;
    }

    /**
     * Says whether something may be put.
     *
     * @param id what it is
     * @param what what to call it in a warning
     * @param reading reads it; called only when it was rejected before
     */
    public boolean mayPut(String id, String what, Reading reading) {
        if (ids.isEmpty() || !ids.remove(id)) {
            return true;
        }
        try {
            reading.read();
            return true;
        } catch (UndecodableException e) {
            ids.add(id);
            counters.count(Counter.PUT_REFUSED_UNREADABLE);
            if (warned.size() < MOST && warned.add(what + e.getMessage())) {
                LOG.warn("Not cached: what is written of {} cannot be read back: {}", what, e.getMessage());
            }
            return false;
        }
    }
}
