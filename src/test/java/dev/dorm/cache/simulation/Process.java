package dev.dorm.cache.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.internal.codec.ResultCodec;
import dev.dorm.cache.internal.codec.ResultRows;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.metrics.RuntimeStatistics;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.query.CachedQueries;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.QueryTables;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Signer;
import dev.dorm.cache.internal.signing.SigningKeys;
import dev.dorm.cache.internal.store.Background;
import dev.dorm.cache.internal.store.ResilientStore;
import dev.dorm.cache.testing.TestSecrets;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/** One process, from its start to its end: everything of the cache but the codec and Hibernate. */
final class Process {

    static final List<String> TABLES = List.of("t");
    static final Duration TTL = Duration.ofHours(1);

    private static final Envelope ENVELOPE = new Envelope(new Signer(SigningKeys.of(TestSecrets.VIRTUAL_KEY)));
    private static final ServiceRegistryImplementor NO_SERVICES = having(ServiceRegistryImplementor.class);
    private static final SessionFactoryImplementor NO_JTA = having(SessionFactoryImplementor.class, NO_SERVICES);

    /** What is done again and again is done so much more rarely when nobody is there. */
    private static final int QUIET = 10;

    private final Scheduler scheduler;
    private final int number;
    private final List<Actor> actors = new ArrayList<>();
    final Wire wire;
    final ResilientStore store;
    final CachedRows rows;
    final CachedQueries queries;
    final QueryTables tables;
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
                ENVELOPE,
                () -> new CellsCodec(versioned),
                TTL,
                setup.strict(),
                near);
        this.tables = new QueryTables(clock);
        this.queries = new CachedQueries(
                store,
                statistics.region("queries", "default"),
                "dormqs:" + prefix + "queries",
                ENVELOPE,
                Results::new,
                Duration.ZERO,
                null,
                tables);
        store.learn(rows.namespace().shards(), null);
        clock.settle(TABLES);
        if (setup.near()) {
            store.near().listen();
        }
    }

    /** Returns something that has only this, each where its type is asked for. */
    private static <T> T having(Class<T> type, Object... parts) {
        return type.cast(Proxy.newProxyInstance(
                Process.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> Arrays.stream(
                                parts)
                        .filter(method.getReturnType()::isInstance)
                        .findFirst()
                        .orElse(null)));
    }

    /** Opens a session. */
    SessionContext open() {
        return new SessionContext(
                having(SharedSessionContractImplementor.class, NO_JTA, having(JdbcCoordinator.class)), clock);
    }

    int number() {
        return number;
    }

    boolean dead() {
        return dead;
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

    long pausedUntil() {
        return pausedUntil;
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
            boolean[] closed = {false};
            start("n" + number, () -> {
                while (!closed[0]) {
                    Duration pause = work.get();
                    scheduler.pause(quiet.getAsBoolean() ? pause.multipliedBy(QUIET) : pause);
                }
                end.run();
            });
            return () -> closed[0] = true;
        }
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

    /** A result: how many commits it has seen, and its date. */
    record Result(long timestamp, int commits) {}

    private static final class Results implements ResultCodec {

        @Override
        public String sql(QueryKey key) {
            return "select";
        }

        @Override
        public String digest(QueryKey key, SharedSessionContractImplementor session, Long lifetime) {
            return "0123";
        }

        @Override
        public byte[] encode(QueryKey key, Object item, SharedSessionContractImplementor session) {
            Result result = (Result) item;
            return (result.timestamp + "," + result.commits).getBytes(US_ASCII);
        }

        @Override
        public boolean isWhole(QueryKey key, Object item) {
            return true;
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            String[] parts = new String(bytes, offset, length, US_ASCII).split(",");
            return new Result(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public ResultRows rows(Object item) {
            return new ResultRows(List.of());
        }
    }
}
