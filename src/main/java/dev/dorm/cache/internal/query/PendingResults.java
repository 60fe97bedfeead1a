package dev.dorm.cache.internal.query;

import dev.dorm.cache.backend.Step;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query results that a transaction has for the cache when it completes. It is served them itself before, as it would
 * be by a cache that stores at once, and the first of a key stays: Hibernate may record less when it reads a result once
 * more, since it leaves out what the session holds by then.
 */
public final class PendingResults {

    private Map<String, byte[]> entries = Map.of();

    /** Takes note of a result; returns false when there is one of that key. What is no result is always taken. */
    public boolean add(Step.@Nullable PutQuery put) {
        if (put == null) {
            return true;
        }
        if (entries.isEmpty()) {
            // Not before: most sessions cache no query.
            entries = new HashMap<>();
        }
        return entries.putIfAbsent(put.resultKey(), put.entry()) == null;
    }

    /** Returns the signed result of a key, or null. */
    public byte @Nullable [] get(String resultKey) {
        return entries.get(resultKey);
    }

    public void clear() {
        entries = Map.of();
    }
}
