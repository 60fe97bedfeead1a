package dev.dorm.cache.internal.redis.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.BackendException;
import io.netty.channel.ChannelId;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which servers' memories are known. Thread-safe.
 *
 * <p>A connection leads to one server process and ends with it. So on each the server is asked once for its replication
 * id, which changes with every restart and failover: a reply that comes on such a connection comes from a server that
 * was looked at.
 */
public final class ServerEpochs {

    private static final String PREFIX = "master_replid:";

    /** Forgetting a connection costs a look at its server; those that have ended are forgotten in no other way. */
    private static final int MAX_CONNECTIONS = 10_000;

    private final AtomicLong count = new AtomicLong();
    private final Set<ChannelId> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Returns how many servers' memories were met: a reply that came before it grew is not to be believed. */
    public long count() {
        return count.get();
    }

    /** Returns whether a connection leads to a server that was looked at. */
    boolean isKnown(ChannelId connection) {
        return connections.contains(connection);
    }

    /** Takes note of what the server at the end of a connection said: of its memory before the connection is believed. */
    void looked(ChannelId connection, Object info) {
        looked(info);
        if (connections.size() >= MAX_CONNECTIONS) {
            connections.clear();
        }
        connections.add(connection);
    }

    /** Takes note of what a server said. One that became a replica bears its master's id and may lag behind it. */
    void looked(Object info) {
        String text = new String((byte[]) info, ISO_8859_1);
        if (text.contains("role:slave")) {
            throw new BackendException("a replica answered in the master's place");
        }
        if (known.add(replicationId(text))) {
            count.incrementAndGet();
        }
    }

    private static String replicationId(String info) {
        return Arrays.stream(info.split("\r?\n"))
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> line.substring(PREFIX.length()).trim())
                .findFirst()
                .orElse("unknown");
    }
}
