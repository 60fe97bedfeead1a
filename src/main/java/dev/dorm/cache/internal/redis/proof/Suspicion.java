package dev.dorm.cache.internal.redis.proof;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which connections may be dead without a word. When one was silent while another, to the same server, was answered, all that
 * have been silent since before are suspected: what forgets one connection forgets those beside it. Thread-safe.
 */
public final class Suspicion {

    private final Map<Object, Long> silentSince = new ConcurrentHashMap<>();

    /** Says that a connection was silent to what was sent at a moment. */
    public void silent(Object address, long sent) {
        silentSince.merge(address, sent, (one, other) -> one - other > 0 ? one : other);
    }

    /** Returns whether a connection is suspected on which bytes came last at a moment. */
    public boolean isSuspected(Object address, long last) {
        Long sent = silentSince.get(address);
        return sent != null && last - sent < 0;
    }
}
