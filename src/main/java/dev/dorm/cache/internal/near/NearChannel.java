package dev.dorm.cache.internal.near;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a near tier knows of a channel on which it is told of what it keeps. Thread-safe. */
class NearChannel {

    private final AtomicLong generation = new AtomicLong();
    private volatile @Nullable Long servesUntil;

    long generation() {
        return generation.get();
    }

    /** Returns whether everything that happens is told there, as far as is known. */
    boolean isTold() {
        return servesUntil != null;
    }

    /** Returns whether everything was received that happened up to a window ago. */
    boolean serves(long now) {
        Long until = servesUntil;
        return until != null && until - now > 0;
    }

    /** Says until when is served what it tells of; null when nobody tells what happens to that. */
    void serveUntil(@Nullable Long until) {
        servesUntil = until;
    }

    /** Makes all that it tells of worthless at once; it leaves the cache when it is met, or evicted. */
    void change() {
        generation.incrementAndGet();
    }
}
