package dev.dorm.cache.internal.redis.waiting;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where large replies were found lately, which keep those waiting that come behind them on their connection. Thread-safe. */
public final class LargeReplies {

    /** So many bytes of a reply are large. */
    public static final int LARGE = 64 * 1024;

    /** For so long another one is expected where one was found. */
    private static final long EXPECTED = TimeUnit.SECONDS.toNanos(10);

    private static final int MOST_REMEMBERED = 1_000;

    private final Map<String, Long> found = new ConcurrentHashMap<>();

    /** Returns whether the reply to a read is expected to be large, by the first of its keys. */
    public boolean isExpected(String key) {
        if (found.isEmpty()) {
            return false;
        }
        Long last = found.get(key);
        return last != null && System.nanoTime() - last < EXPECTED;
    }

    /** Takes note of the values of a reply. */
    public void replied(String key, @Nullable Object reply) {
        if (reply instanceof List<?> values && length(values) > LARGE) {
            if (found.size() >= MOST_REMEMBERED) {
                found.clear();
            }
            found.put(key, System.nanoTime());
        }
    }

    private static long length(List<?> values) {
        long length = 0;
        for (Object value : values) {
            length += value instanceof byte[] bytes ? bytes.length : 0;
        }
        return length;
    }
}
