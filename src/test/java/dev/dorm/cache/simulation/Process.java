package dev.dorm.cache.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.exploration.VirtualQueries;
import dev.dorm.cache.exploration.VirtualSession;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import dev.dorm.cache.internal.near.NearResults;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.store.Background;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** One process, from its start to its end: everything of the cache but the codec and Hibernate. */
final class Process {

    static final Duration TTL = Duration.ofHours(1);
    static final Duration SHORT_TTL = Duration.ofSeconds(6);

    /** What is done again and again is done so much more rarely until somebody comes. */
    private static final int QUIET = 200;

    private final Scheduler scheduler;
    private final int number;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Beats> beats = new ArrayList<>();
    final Wire wire;
    final ResilientStore store;
    final CachedRows rows;
    private final VirtualQueries queries;
    private final QueryClock clock;
    private final BooleanSupplier quiet;
    private boolean dead;
    private long pausedUntil;

    Process(
            int number,
            Scheduler scheduler,
            Wire wire,
            RuntimeStatistics statistics,
            Plan.Setup setup,
            boolean keepsResults,
            Lifetime lifetime,
            String prefix,
            BooleanSupplier quiet) {
        this.quiet = quiet;
        this.number = number;
        this.scheduler = scheduler;
        this.wire = wire;
        this.store = new ResilientStore(
                "default", () -> wire, statistics.alias("default").counters(), scheduler::now, new Work());
        NearRows near = setup.near() ? store.near().rows(1000, null, TTL) : null;
        this.clock = new QueryClock(store, prefix, true);
        boolean versioned = setup.versioned();
        this.rows = new CachedRows(
                store,
                statistics.region("rows", "default"),
                "dormqs:" + prefix + "rows",
                VirtualJvm.ENVELOPE,
                () -> new CellsCodec(versioned),
                lifetime,
                setup.strict(),
                near);
        NearResults results = keepsResults ? store.near().results(1000, null, TTL) : null;
        this.queries = new VirtualQueries(store, statistics.region("queries", "default"), clock, prefix, results);
        wire.heldUntil(() -> pausedUntil);
        store.learn(rows.namespace().shards(), null);
        clock.settle(VirtualQueries.TABLES);
        if (setup.near()) {
            store.near().listen();
        }
    }

    /** Opens a session. */
    SessionContext open() {
        return new SessionContext(VirtualSession.open(), clock);
    }

    /** Returns the query's result from the cache, as Hibernate asks for one; null when there is none that is true. */
    VirtualQueries.@Nullable Result query(SessionContext context) {
        VirtualQueries.Result found = (VirtualQueries.Result) queries.results.get(context, VirtualQueries.KEY, false);
        boolean upToDate = found != null
                && queries.tables
                        .upToDate(context, VirtualQueries.TABLES, found.timestamp())
                        .upToDate();
        return upToDate ? found : null;
    }

    /** Returns whether what was asked for then was kept here: whoever asks the server waits for it. */
    boolean near(long from) {
        return scheduler.now() == from;
    }

    /** Caches a result, which has seen so many commits. */
    void putQuery(SessionContext context, int commits) {
        queries.results.put(
                context, VirtualQueries.KEY, new VirtualQueries.Result(context.getCachingTimestamp(), commits));
    }

    int number() {
        return number;
    }

    /** Begins something that waits for the server: a session, or work of the store's own. */
    Actor start(String name, Runnable body) {
        Actor actor = scheduler.start(name, body, () -> pausedUntil);
        actors.add(actor);
        return actor;
    }

    /** Stands still for a while, with all that it does. */
    void pause(Duration time) {
        pausedUntil = Math.max(pausedUntil, scheduler.now() + time.toNanos());
    }

    /** Dies where it stands. */
    void die() {
        dead = true;
        wire.die();
        actors.forEach(Actor::kill);
    }

    /** What the store does by itself, as actors. */
    private final class Work implements Background {

        @Override
        public void later(String name, Duration pause, Runnable work) {
            scheduler.after(pause, () -> {
                if (!dead) {
                    start("b" + number, work);
                }
            });
        }

        @Override
        public Repetition repeat(String name, Supplier<Duration> work, Runnable end) {
            Beats repetition = new Beats(work, end);
            beats.add(repetition);
            repetition.turn(repetition.turns);
            return () -> repetition.closed = true;
        }

        @Override
        public void await(CompletableFuture<?> done, Duration longest) {
            Actor actor = Actor.current();
            if (actor != null) {
                var unused = done.whenComplete((none, failure) -> scheduler.wake(actor));
                scheduler.await(done::isDone, scheduler.now() + longest.toNanos());
            }
        }
    }

    /** What is done again and again, and waits for nothing: it needs no thread. */
    private final class Beats {

        private final Supplier<Duration> work;
        private final Runnable end;
        private int turns;
        private boolean resting;
        private boolean closed;

        private Beats(Supplier<Duration> work, Runnable end) {
            this.work = work;
            this.end = end;
        }

        private void turn(int number) {
            if (dead || number != turns) {
                return;
            }
            turns++;
            int next = turns;
            if (closed) {
                end.run();
            } else if (pausedUntil > scheduler.now()) {
                scheduler.at(pausedUntil, () -> turn(next));
            } else {
                if (resting) {
                    wire.proveAtOnce();
                }
                Duration pause = work.get();
                resting = quiet.getAsBoolean();
                scheduler.after(resting ? pause.multipliedBy(QUIET) : pause, () -> turn(next));
            }
        }

        private void awake() {
            if (resting) {
                turn(turns);
            }
        }
    }

    /** Says that somebody has come. */
    void awake() {
        beats.forEach(Beats::awake);
    }

    /** Rows as text. */
    private record CellsCodec(boolean versioned) implements RowCodec {

        @Override
        public boolean isWrittenInParts() {
            return true;
        }

        @Override
        public boolean isShareable(Object value) {
            return true;
        }

        @Override
        public byte[] encode(Object value) {
            return ("{" + value + "}").getBytes(US_ASCII);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session) {
            return Cells.parse(new String(bytes, offset + 1, length - 2, US_ASCII));
        }

        @Override
        public long version(Object value) {
            return versioned ? ((Cells) value).version() : -1;
        }
    }
}
