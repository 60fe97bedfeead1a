package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.PutReply;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.live.LiveStore;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.near.NearResult;
import dev.dorm.cache.internal.near.NearResults;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Signer;
import dev.dorm.cache.internal.signing.SigningKeys;
import dev.dorm.cache.internal.store.Background;
import dev.dorm.cache.internal.store.ObservedState;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** What one JVM has of the cache, over a store that it shares with others: the real thing but for the codec. */
public final class VirtualJvm {

    public static final Envelope ENVELOPE =
            new Envelope(new Signer(SigningKeys.of(dev.dorm.cache.testing.TestSecrets.VIRTUAL_KEY)));

    public final Counters counters = Counters.ofRegion();
    public final ResilientStore store;
    public final QueryClock clock;
    public final CachedRows rows;
    final VirtualQueries queries;
    private final @Nullable NearResults near;
    private final Wire wire;
    private final Unawaited background = new Unawaited();

    public VirtualJvm(Backend backend, String prefix, LongSupplier ticker, Duration ttl) {
        this(backend, prefix, ticker, ttl, false);
    }

    /**
     * Starts a JVM.
     *
     * @param settling whether what follows a completion stays on its way until it {@linkplain #arrive arrives}
     */
    VirtualJvm(Backend backend, String prefix, LongSupplier ticker, Duration ttl, boolean settling) {
        this(backend, prefix, ticker, new Lifetime(ttl, 0, 0, 0), settling, false);
    }

    VirtualJvm(Backend backend, String prefix, LongSupplier ticker, Lifetime lifetime, boolean settling) {
        this(backend, prefix, ticker, lifetime, settling, false);
    }

    /**
     * Starts a JVM.
     *
     * @param settling whether what follows a completion stays on its way until it {@linkplain #arrive arrives}
     * @param keeps whether it keeps query results, as long as it {@linkplain #beat hears} everything
     */
    VirtualJvm(
            Backend backend, String prefix, LongSupplier ticker, Lifetime lifetime, boolean settling, boolean keeps) {
        this.wire = backend instanceof LiveBackend live ? new LiveWire(live, settling) : new Wire(backend, settling);
        boolean shared = wire instanceof LiveStore;
        this.store = new ResilientStore("default", () -> wire, Counters.ofAlias(), ticker, background);
        this.clock = new QueryClock(store, prefix, true);
        this.rows = new CachedRows(
                store,
                counters,
                "dormqs:" + prefix + "app.Row",
                ENVELOPE,
                () -> new Numbers(shared),
                lifetime,
                true,
                null);
        this.near = keeps ? store.near().results(10, null, Duration.ZERO) : null;
        this.queries = new VirtualQueries(store, counters, clock, prefix, near);
        if (keeps) {
            store.near().listen();
        }
    }

    /** Has everything heard that was told by now. */
    void beat() {
        var unused = background.beats.get();
    }

    /** Returns the result that it keeps and would serve now, or null. */
    VirtualQueries.@Nullable Result kept() {
        Shard shard = queries.results.namespace().shards().get(0);
        String key = shard.resultKey(observed().version(shard), VirtualQueries.DIGEST);
        NearResult kept = near == null ? null : near.get(shard, key);
        return kept == null ? null : (VirtualQueries.Result) kept.item();
    }

    public Row row() {
        return rows.namespace().row("1");
    }

    public Shard shard() {
        return row().shard();
    }

    ObservedState observed() {
        return store.observed();
    }

    /** Opens a session without a transaction, which sends its locks at once. */
    public SessionContext open() {
        return new SessionContext(VirtualSession.open(), clock);
    }

    /** Opens a session and begins a transaction. */
    public SessionContext begin() {
        SessionContext context = open();
        context.transactionJoined();
        return context;
    }

    /** Returns the number of round trips since it was last asked. */
    int roundTrips() {
        int trips = wire.trips;
        wire.trips = 0;
        return trips;
    }

    /** Returns the token with which this JVM has last locked something. */
    String lastToken() {
        return wire.token;
    }

    /** Returns what was sent that fills the cache or takes something away, in its order. */
    List<Step<?>> sent() {
        return wire.sent;
    }

    /** Returns what follows completions and has not arrived, in the order in which it was sent. */
    List<List<? extends Step<?>>> settling() {
        return wire.settling.stream()
                .<List<? extends Step<?>>>map(Settling::steps)
                .toList();
    }

    /** Returns whether something of a token's is among that. */
    boolean isSettling(Predicate<String> token) {
        return wire.settling.stream()
                .flatMap(each -> each.steps().stream())
                .anyMatch(step -> step instanceof Step.UnlockRow unlock && token.test(unlock.token())
                        || step instanceof Step.UnlockShard region && token.test(region.token())
                        || step instanceof Step.UnlockTables tables && token.test(tables.token()));
    }

    /** Lets one of these arrive, and be answered. */
    void arrive(int which) {
        Settling arriving = wire.settling.remove(which);
        arriving.reply.complete(wire.real.execute(arriving.steps));
    }

    /** What was sent and has not arrived. */
    private record Settling(List<? extends Step<?>> steps, CompletableFuture<Replies> reply) {}

    /** Nobody waits for what is under way: every later step may overtake it. */
    private static final class Unawaited implements Background {

        private Supplier<Duration> beats = () -> Duration.ZERO;

        @Override
        public void later(String name, Duration pause, Runnable work) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
            beats = work;
            return () -> {};
        }

        @Override
        public void await(CompletableFuture<?> done, Duration longest) {
            // As if it took too long.
        }
    }

    /** Holds the next step on its way, whose sender is answered that it has come. */
    void holdNext() {
        wire.holding = true;
    }

    /** Counts the round trips, keeps what was sent, and reads the tokens off it. */
    private static class Wire extends ForwardingBackend {

        private final List<Step<?>> sent = new ArrayList<>();
        private final List<Settling> settling = new ArrayList<>();
        private final boolean settles;
        private int trips;
        private boolean holding;
        private String token = "";

        private Wire(Backend real, boolean settles) {
            super(real);
            this.settles = settles;
        }

        @Override
        public @Nullable Listening listen(Listener listener) {
            return real.listen(listener);
        }

        @Override
        public Replies execute(List<? extends Step<?>> steps) {
            return taken(steps).join();
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            if (!settles) {
                // Each step of the world is over before the next one.
                return CompletableFuture.completedFuture(execute(steps));
            }
            takeNote(steps);
            Settling sending = new Settling(steps, new CompletableFuture<>());
            settling.add(sending);
            return sending.reply;
        }

        private void takeNote(List<? extends Step<?>> steps) {
            trips++;
            for (Step<?> step : steps) {
                if (!(step instanceof Step.ReadRows
                        || step instanceof Step.ReadVersion
                        || step instanceof Step.ReadQuery)) {
                    sent.add(step);
                }
                if (step instanceof Step.LockRow lock) {
                    token = lock.token();
                } else if (step instanceof Step.LockShard lock) {
                    token = lock.token();
                } else if (step instanceof Step.LockTables lock) {
                    token = lock.token();
                }
            }
        }

        private CompletableFuture<Replies> taken(List<? extends Step<?>> steps) {
            takeNote(steps);
            if (holding && steps.get(0) instanceof Step.PutRow put) {
                holding = false;
                PutReply stored = new PutReply(PutReply.Outcome.STORED, put.version(), null);
                return CompletableFuture.completedFuture(new Replies(steps, List.of(stored)));
            }
            if (holding && steps.get(0) instanceof Step.PutQuery) {
                holding = false;
                return CompletableFuture.completedFuture(new Replies(steps, List.of(true)));
            }
            return super.executeAsync(steps);
        }
    }

    /** Is served without a step, too, and knows of what. */
    private static final class LiveWire extends Wire implements LiveStore {

        private final LiveBackend live;
        private @Nullable LiveShard shard;
        private @Nullable Object owner;

        private LiveWire(LiveBackend live, boolean settles) {
            super(live, settles);
            this.live = live;
        }

        @Override
        public LiveShard live(Shard of) {
            LiveShard real = live.live(of);
            shard = real;
            return new LiveShard() {
                @Override
                public @Nullable Object get(String key, Object asking) {
                    return real.get(key, asking);
                }

                @Override
                public void put(String key, byte[] bytes, Made made) {
                    owner = made.owner();
                    real.put(key, bytes, made);
                }
            };
        }

        private boolean serves(String key) {
            return shard != null && owner != null && shard.get(key, owner) != null;
        }
    }

    /** Returns whether it would be served its row without a step. */
    boolean isLive() {
        return wire instanceof LiveWire live && live.serves(row().key());
    }

    /**
     * A row's value is a number.
     *
     * @param shareable whether it is served to several sessions once it was decoded
     */
    record Numbers(boolean shareable) implements RowCodec {

        @Override
        public boolean isShareable(Object value) {
            return shareable;
        }

        @Override
        public boolean isWrittenInParts() {
            return true;
        }

        @Override
        public byte[] encode(Object value) {
            return ("{" + value + "}").getBytes(US_ASCII);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session) {
            return decode(bytes, offset, length);
        }

        /** A version is how often a row was written; one that is deleted and inserted again begins anew. */
        @Override
        public long version(Object value) {
            return (Integer) value % RowWorld.ANEW;
        }

        static Integer decode(byte[] bytes, int offset, int length) {
            return Integer.valueOf(new String(bytes, offset + 1, length - 2, US_ASCII));
        }
    }
}
