package com.example.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.TransactionalStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Cache entries in a table of PostgreSQL 11 or newer.
 *
 * <p>A transaction of the cache is one of the database. Before it reads, it takes an advisory lock for each of its groups,
 * which PostgreSQL holds until the commit and gives back when the connection ends, whatever the reason.
 */
public final class PostgresStore implements TransactionalStore {

    /** The lock that everybody with a group shares, and that one for everything has alone. */
    private static final long EVERYTHING = lock("everything");

    private static final long CLEANED_EVERY = TimeUnit.MINUTES.toNanos(1);

    private final Connections connections;
    private final String place;
    private final AtomicLong cleaned = new AtomicLong(System.nanoTime());

    /**
     * Creates a store. The database need not be there yet.
     *
     * @param settings the location is a JDBC URL; the options are properties of the driver, such as {@code user}
     * @throws IllegalArgumentException when a setting is wrong, or has no effect here
     */
    public PostgresStore(BackendSettings settings) {
        String location = settings.location();
        if (location == null || !location.startsWith("jdbc:postgresql:")) {
            String given = location == null ? null : "(given)"; // It may hold a password.
            throw settings.refused("location", given, "a JDBC URL: jdbc:postgresql://host:5432/database");
        }
        refuseWhatHasNoEffect(settings);
        this.place = location.replaceFirst("\\?.*", "");
        this.connections = new Connections(location, settings.options(), settings.timeout());
    }

    private static void refuseWhatHasNoEffect(BackendSettings settings) {
        if (settings.config() != null) {
            throw settings.refused("config", settings.config(), "no file: the location says where PostgreSQL is");
        }
        if (settings.client() != null) {
            throw settings.refused("client", settings.client().getClass().getName(), "no client");
        }
        if (settings.shards() > 1) {
            throw settings.refused("shards", settings.shards(), "1: a region has one version here");
        }
        if (settings.minReplicas() > 0) {
            throw settings.refused(
                    "min_replicas", settings.minReplicas(), "0: PostgreSQL's synchronous_standby_names does this");
        }
    }

    @Override
    public <T> T transact(Access access, Function<Transaction, T> work) {
        T result = connections.with(connection -> {
            boolean groups = access.everything() || !access.groups().isEmpty();
            // Without a group it is one query, and at most one statement that writes: each is a transaction by itself.
            connection.setAutoCommit(!groups);
            if (groups) {
                lock(connection, access);
            }
            // Only now: a statement sees what was committed before it began, and the locks may have been waited for.
            PostgresTransaction transaction = PostgresTransaction.begin(connection, access.keys());
            T done = work.apply(transaction);
            transaction.write(connection);
            if (groups) {
                connection.commit();
            }
            return done;
        });
        cleanNowAndThen();
        return result;
    }

    /** Takes the locks in the order of their numbers, so that no two transactions wait for each other. */
    private static void lock(Connection connection, Access access) throws SQLException {
        String everything = access.everything() ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
        Long[] groups = access.groups().stream()
                .map(PostgresStore::lock)
                .distinct()
                .sorted()
                .toArray(Long[]::new);
        execute(connection, "SELECT " + everything + "(?)", EVERYTHING);
        execute(
                connection,
                "SELECT pg_advisory_xact_lock(id) FROM unnest(?) AS id",
                connection.createArrayOf("int8", groups));
    }

    /** Returns the number of a lock. Two names with one number would only wait for each other more often. */
    private static long lock(String name) {
        return UUID.nameUUIDFromBytes(("dorm_cache:" + name).getBytes(UTF_8)).getMostSignificantBits();
    }

    @Override
    public Collection<String> keys(String prefix) {
        return connections.with(connection -> {
            connection.setAutoCommit(true);
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT key FROM dorm_cache WHERE starts_with(key, ?) AND until > " + PostgresTransaction.NOW)) {
                select.setString(1, prefix);
                List<String> keys = new ArrayList<>();
                ResultSet found = select.executeQuery();
                while (found.next()) {
                    keys.add(found.getString(1));
                }
                return keys;
            }
        });
    }

    /** Deletes values whose time is over; nobody reads them any more. */
    private void cleanNowAndThen() {
        long last = cleaned.get();
        long now = System.nanoTime();
        if (now - last < CLEANED_EVERY || !cleaned.compareAndSet(last, now)) {
            return;
        }
        try {
            connections.with(connection -> {
                connection.setAutoCommit(true);
                execute(
                        connection,
                        "DELETE FROM dorm_cache WHERE key IN (SELECT key FROM dorm_cache WHERE until < "
                                + PostgresTransaction.NOW + " LIMIT 10000 FOR UPDATE SKIP LOCKED)");
                return null;
            });
        } catch (BackendException e) {
            // The next time will do; what was asked for has been done.
        }
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return "PostgresStore[" + place + "]";
    }
}
