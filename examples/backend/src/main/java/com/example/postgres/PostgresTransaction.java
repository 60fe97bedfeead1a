package com.example.postgres;

import dev.dorm.cache.backend.TransactionalStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What one transaction has read, with one query, and what it will write, with one statement or two. */
final class PostgresTransaction implements TransactionalStore.Transaction {

    /** PostgreSQL's time of now, not of the transaction's begin, in microseconds since 1970. */
    static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::int8";

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final long micros;
    private final Map<String, byte[]> values;
    private final SortedMap<String, Long> puts = new TreeMap<>();
    private final SortedSet<String> removals = new TreeSet<>();

    private PostgresTransaction(long micros, Map<String, byte[]> values) {
        this.micros = micros;
        this.values = values;
    }

    /** Reads the time, and all keys that the transaction may touch. */
    static PostgresTransaction begin(Connection connection, Set<String> keys) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT now, key, value FROM (SELECT " + NOW
                + " AS now) AS time" + " LEFT JOIN dorm_cache ON key = ANY (?) AND until > now")) {
            select.setArray(1, connection.createArrayOf("text", keys.toArray()));
            ResultSet found = select.executeQuery();
            Map<String, byte[]> values = new HashMap<>();
            long micros = 0;
            while (found.next()) {
                micros = found.getLong(1);
                if (found.getString(2) != null) {
                    values.put(found.getString(2), found.getBytes(3));
                }
            }
            return new PostgresTransaction(micros, values);
        }
    }

    @Override
    public byte[] get(String key) {
        return values.get(key);
    }

    @Override
    public void put(String key, byte[] value, Duration timeout) {
        values.put(key, value);
        removals.remove(key);
        puts.put(key, timeout.isZero() ? FOR_EVER : micros + TimeUnit.NANOSECONDS.toMicros(timeout.toNanos()));
    }

    @Override
    public boolean remove(String key) {
        puts.remove(key);
        removals.add(key);
        return values.remove(key) != null;
    }

    @Override
    public long micros() {
        return micros;
    }

    /** Writes what has changed; in the order of the keys, so that no two transactions wait for each other. */
    void write(Connection connection) throws SQLException {
        if (!puts.isEmpty()) {
            List<byte[]> bytes = new ArrayList<>();
            puts.keySet().forEach(key -> bytes.add(values.get(key)));
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO dorm_cache (key, value, until) SELECT * FROM unnest(?, ?, ?)"
                            + " ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until")) {
                insert.setArray(
                        1, connection.createArrayOf("text", puts.keySet().toArray()));
                insert.setArray(2, connection.createArrayOf("bytea", bytes.toArray(new byte[0][])));
                insert.setArray(
                        3, connection.createArrayOf("int8", puts.values().toArray()));
                insert.executeUpdate();
            }
        }
        if (!removals.isEmpty()) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM dorm_cache WHERE key = ANY (?)")) {
                delete.setArray(1, connection.createArrayOf("text", removals.toArray()));
                delete.executeUpdate();
            }
        }
    }
}
