package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Moment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What time it is where each shard and each clock stands, told from the last reply and how long ago that came, by this
 * process's monotonic clock. Thread-safe.
 *
 * <p>The reply has been on its way for a while, so the time that is told is never ahead of the server's. No two clocks
 * are compared: of each only what has passed counts.
 */
public final class ServerTimes {

    private final LongSupplier ticker;
    private final Map<String, Told> times = new ConcurrentHashMap<>();

    private record Told(long micros, long received) {}

    ServerTimes(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * Takes note of a reply.
     *
     * @param place the key that says on which server: a shard's version, or a clock
     * @param moment when the step was taken that it replies to
     */
    void saw(String place, Moment moment) {
        if (moment.micros() != 0) {
            times.put(place, new Told(moment.micros(), ticker.getAsLong()));
        }
    }

    /** Returns the time there, in microseconds; 0 when nothing was ever told. */
    public long micros(String place) {
        return at(place, ticker.getAsLong());
    }

    /** Returns what time it is there, or earlier, when this process's clock shows so much; 0 when it is not known. */
    public long at(String place, long nanos) {
        Told told = times.get(place);
        return told == null ? 0 : told.micros + TimeUnit.NANOSECONDS.toMicros(nanos - told.received);
    }
}
