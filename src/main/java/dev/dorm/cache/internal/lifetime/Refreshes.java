package dev.dorm.cache.internal.lifetime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.internal.lazy.Lazy;
import dev.dorm.cache.internal.signing.Stamp;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets one session load anew what is still read near the end of its life, while all others are served: so that nobody waits
 * when it ends, and not all load it at once. Thread-safe.
 *
 * <p>Processes do not agree on who it is. Each draws a time of its own for each entry, from its stamp; the first that comes
 * replaces the entry, and the others find the new one.
 *
 * @param <K> what names an entry
 */
public final class Refreshes<K> {

    /** An entry that never ends, or is never loaded anew. */
    public static final long NEVER = Long.MAX_VALUE;

    /** So many entries are known to be near their end. What is forgotten is met again when it is read. */
    private static final int MOST = 10_000;

    /** Who has not stored it after so long, or after a quarter of the window if that is less, will not. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** As many times are told apart. */
    private static final double PARTS = 1 << 16;

    /** Who lives longer than the stamps tell apart does not end. */
    private static final Duration LONGEST = Duration.ofDays(365 * 50);

    private final boolean ahead;
    private final long earliestEnd;
    private final long window;
    private final long patience;
    private final Lazy<Cache<K, Aged>> aged = new Lazy<>(() ->
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build());
    private final long salt;

    /** An entry near its end, since when this process knows it, and until when somebody loads it. */
    private record Aged(String identity, String digest, long since, AtomicLong until) {}

    /**
     * Creates it for entries that live as long.
     *
     * @param lifetime how long
     */
    public Refreshes(Lifetime lifetime) {
        this.salt = lifetime.salt();
        this.ahead = !lifetime.ahead().isZero() && lifetime.longest().compareTo(LONGEST) < 0;
        this.earliestEnd = ahead ? micros(lifetime.earliestEnd()) : 0;
        this.window = ahead ? micros(lifetime.ahead()) : 0;
        this.patience = Math.min(PATIENCE.toNanos(), TimeUnit.MICROSECONDS.toNanos(window) / 4);
    }

    /**
     * Returns from when on an entry is to be loaded anew by this process.
     *
     * @param entry a signed entry
     * @param version the version under which it stands
     * @return microseconds since 1970, by the store's clock; {@link #NEVER} for one that does not end
     */
    public long from(byte[] entry, long version) {
        if (!ahead) {
            return NEVER;
        }
        int stamp = RowFormat.behindVersion(entry, RowFormat.PAYLOAD, version);
        long written = stamp < 0 ? -1 : Stamp.micros(entry, stamp);
        if (written < 0) {
            return NEVER;
        }
        long mixed = (written ^ salt) * 0x9E37_79B9_7F4A_7C15L;
        long part = mixed >>> Long.SIZE - 16;
        return written + earliestEnd - (long) (window * (part / PARTS));
    }

    private static long micros(Duration duration) {
        return TimeUnit.MILLISECONDS.toMicros(duration.toMillis());
    }

    /**
     * Returns whether a reader is the one who is to load an entry anew. It was met near its end before, so that whoever began
     * since then may replace it.
     *
     * @param key its name
     * @param entry what stands there
     * @param now this process's monotonic clock, in nanoseconds
     * @param began when the reader's transaction began, by the same clock
     * @return true once
     */
    public boolean isTurn(K key, byte[] entry, long now, long began) {
        String identity = RowFormat.identity(entry);
        if (identity == null) {
            return false;
        }
        Aged known = aged.get().getIfPresent(key);
        if (known == null || !known.identity.equals(identity)) {
            aged.get().put(key, new Aged(identity, RowFormat.digest(entry), now, new AtomicLong(now)));
            return false;
        }
        long until = known.until.get();
        return isBefore(known, began) && now - until >= 0 && known.until.compareAndSet(until, now + patience);
    }

    /**
     * Returns what a transaction may replace: an entry that this process had met near its end before the transaction began.
     * While that very entry stands, nobody has written since.
     *
     * @param key its name
     * @param began when the transaction began, by this process's monotonic clock
     * @return the digest of its bytes, or null
     */
    public @Nullable String replaceable(K key, long began) {
        Aged known = aged.get().getIfPresent(key);
        boolean over = known == null || began - known.since - TimeUnit.MICROSECONDS.toNanos(window) > 0;
        return over || !isBefore(known, began) ? null : known.digest;
    }

    /**
     * Says that an entry was stored: what stood there before is no more.
     *
     * @param key its name
     */
    public void stored(K key) {
        aged.get().invalidate(key);
    }

    private static boolean isBefore(Aged known, long began) {
        return known.since - began < 0;
    }
}
