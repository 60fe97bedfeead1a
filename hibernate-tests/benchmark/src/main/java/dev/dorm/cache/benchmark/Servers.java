package dev.dorm.cache.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/** Redis and PostgreSQL, and the longer wires to them. */
public final class Servers implements AutoCloseable {

    private static final long FAR_NANOS = 500_000;
    private static final int PINGS = 1500;

    private volatile RedisProcess redis;
    private final LatencyProxy redisWire;
    private final EmbeddedPostgres postgres;
    private final LatencyProxy postgresWire;

    /** How long a round trip to Redis takes, in microseconds: without a longer wire, and with it. */
    final double nearMicros;

    final double farMicros;

    /**
     * Starts them.
     *
     * @throws IOException when one does not start
     */
    public Servers() throws IOException {
        redis = new RedisProcess();
        redisWire = new LatencyProxy(redis.port());
        postgres = EmbeddedPostgres.builder().start();
        postgresWire = new LatencyProxy(postgres.getPort());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        nearMicros = roundTripNanos(redis.port()) / 1000;
        farMicros = calibrate() / 1000;
    }

    /** Sets the wires' delay so that a round trip takes half a millisecond longer than without them. */
    private double calibrate() throws IOException {
        double near = roundTripNanos(redis.port());
        double delay = FAR_NANOS / 2.0;
        double far = 0;
        for (int pass = 0; pass < 4; pass++) {
            redisWire.delay(Math.round(delay));
            far = roundTripNanos(redisWire.port());
            delay -= (far - near - FAR_NANOS) / 2;
        }
        postgresWire.delay(Math.round(delay));
        redisWire.delay(Math.round(delay));
        return roundTripNanos(redisWire.port());
    }

    private static double roundTripNanos(int port) throws IOException {
        long[] nanos = new long[PINGS];
        try (RedisProcess.RedisSocket socket = new RedisProcess.RedisSocket(port)) {
            for (int i = 0; i < PINGS; i++) {
                long begin = System.nanoTime();
                socket.ping();
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        return nanos[PINGS / 2];
    }

    Setup setup(Subject subject) throws IOException {
        return new Setup(subject, redis.port(), redisWire.port(), schema(subject), "json");
    }

    private String schema(Subject subject) throws IOException {
        return createSchema(subject.name().toLowerCase(java.util.Locale.ROOT), true);
    }

    /** Creates a schema, and returns the URL of PostgreSQL with it, by the longer wire or without it. */
    public String createSchema(String schema, boolean far) throws IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create schema \"" + schema + "\"");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return database(schema, far);
    }

    /** Returns the URL of PostgreSQL with a schema, by the longer wire or without it. */
    public String database(String schema, boolean far) {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&password=postgres&currentSchema=%s"
                .formatted(far ? postgresWire.port() : postgres.getPort(), schema);
    }

    /** Returns the URL of Redis, by the longer wire or without it. */
    public String redis(boolean far) {
        return "redis://127.0.0.1:" + (far ? redisWire.port() : redis.port());
    }

    /**
     * Kills Redis, and starts an empty one on its port: what clients meet when a replica is promoted that has no data yet.
     *
     * @return for how many milliseconds nobody answered
     * @throws IOException when it does not start
     */
    public double replaceRedis() throws IOException {
        long begin = System.nanoTime();
        redis.close();
        redis = new RedisProcess(redis.port());
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Returns the round trips over the longer wire to Redis so far. */
    public long redisTrips() {
        return redisWire.trips();
    }

    /** Returns the round trips over the longer wire to PostgreSQL so far. */
    public long postgresTrips() {
        return postgresWire.trips();
    }

    /** Returns how long a round trip to Redis takes without the longer wire, in microseconds. */
    public double nearMicros() {
        return nearMicros;
    }

    /** Returns how long Redis has kept processors busy so far. */
    double redisProcessorNanos() {
        try {
            return (redis.info("used_cpu_user") + redis.info("used_cpu_sys")) * 1e9;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LatencyProxy redisWire() {
        return redisWire;
    }

    LatencyProxy postgresWire() {
        return postgresWire;
    }

    /** Returns the names and versions of both. */
    public String versions() throws IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            return "Redis " + redis.version() + ", PostgreSQL "
                    + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            redis.close();
            postgres.close();
            redisWire.close();
            postgresWire.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
