package dev.dorm.cache.internal.query;

import dev.dorm.cache.internal.codec.ResultCodec;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.metrics.LargeEntries;
import dev.dorm.cache.internal.near.DecodedArrays;
import dev.dorm.cache.internal.row.Rejected;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.OpenResult;
import dev.dorm.cache.internal.signing.Rejection;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.cache.spi.QueryKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Query results as signed bytes, and back; what cannot be written or read is counted by its reason. Thread-safe. */
final class SignedResults {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String name;
    private final Envelope envelope;
    private final Supplier<? extends ResultCodec> codec;
    private final @Nullable Long ownLifetime;
    private final Counters counters;
    private final Rejected rejected;
    private final LargeEntries large;

    /** What can be handed to many, of a backend in this process. */
    private final DecodedArrays<Decoded> decoded = new DecodedArrays<>();

    /** A result that was verified and decoded; its key tells its version, too. */
    private record Decoded(String key, Object item) {}

    private final ConcurrentHashMap<String, Boolean> warned = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param name the namespace, for messages
     * @param envelope how results are signed
     * @param codec how they are encoded; asked when the mapping is complete
     * @param own the time to live that the queries ask for themselves, or null: results that live for different times
     *     are different results
     * @param counters where to count
     */
    SignedResults(
            String name,
            Envelope envelope,
            Supplier<? extends ResultCodec> codec,
            @Nullable Duration own,
            Counters counters) {
        this.name = name;
        this.envelope = envelope;
        this.codec = codec;
        this.ownLifetime = own == null ? null : own.toMillis();
        this.counters = counters;
        this.rejected = new Rejected(counters);
        this.large = new LargeEntries(name, counters, envelope.limit());
    }

    /** Returns how results are encoded. */
    ResultCodec codec() {
        return codec.get();
    }

    /** Returns what tells a query from all others; null when it cannot be told. */
    @Nullable
    String digest(QuerySession context, QueryKey key) {
        try {
            return codec.get().digest(key, context.session(), ownLifetime);
        } catch (UnsupportedValueException e) {
            unsupported(e);
            return null;
        }
    }

    /**
     * Returns a result that stands under a key; null, and counts a miss, when it is not what belongs there.
     *
     * @param held whether the backend holds this very array, and hands it out to every reader
     * @param takeAway what to do with one that is larger than an entry may be
     */
    @Nullable
    Object open(String digest, String key, long version, byte[] bytes, boolean held, Consumer<String> takeAway) {
        Decoded known = held ? decoded.get(bytes) : null;
        if (known != null && known.key.equals(key)) {
            return codec.get().another(known.item);
        }
        OpenResult opened = envelope.open(bytes, version, key);
        Rejection rejection = opened.rejection();
        if (rejection != null) {
            LOG.debug("A query result is rejected: {} {}", key, rejection);
            counters.count(rejection);
            counters.count(Counter.MISS_UNVERIFIED);
            if (rejection == Rejection.TOO_LONG) {
                large.found(bytes.length);
                takeAway.accept(key);
            }
            return null;
        }
        try {
            Object item = codec.get().decode(opened.bytes(), opened.offset(), opened.length());
            if (held && codec.get().isShareable(item)) {
                decoded.put(bytes, new Decoded(key, item));
                return codec.get().another(item);
            }
            return item;
        } catch (UndecodableException e) {
            LOG.debug("A query result cannot be decoded: {}", key, e);
            rejected.add(digest, e);
            counters.count(Counter.MISS_UNDECODABLE);
            return null;
        }
    }

    /** Returns a result's bytes, not signed yet; null, and counts why, when it cannot be read back from them. */
    byte @Nullable [] encode(String digest, QuerySession context, QueryKey key, Object result) {
        byte[] body;
        try {
            body = codec.get().encode(key, result, context.session());
        } catch (UnsupportedValueException e) {
            unsupported(e);
            return null;
        }
        if (large.refuses(body.length)) {
            return null;
        }
        return rejected.mayPut(digest, name, () -> codec.get().decode(body, 0, body.length)) ? body : null;
    }

    byte[] seal(long version, String stamp, String key, byte[] body) {
        return envelope.seal(version, stamp, key, body);
    }

    private void unsupported(UnsupportedValueException e) {
        counters.count(Counter.PUT_REFUSED_UNSUPPORTED);
        if (warned.putIfAbsent(e.cause(), true) == null) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
