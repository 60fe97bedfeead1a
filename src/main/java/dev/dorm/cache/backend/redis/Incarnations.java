package dev.dorm.cache.backend.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.BackendException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which servers' memories are known. Thread-safe.
 *
 * <p>A connection leads to one server process and ends with it. So each is asked once for the server's replication id,
 * which changes with every restart and failover, and is then given a name that only this process gives: a reply that
 * comes with such a name comes from a server that was looked at.
 */
final class Incarnations {

    private static final String PREFIX = "master_replid:";

    /** Forgetting a mark costs a look at the server. */
    private static final int MAX_MARKS = 10_000;

    private final String name;
    private final AtomicLong drawn = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final Set<String> marks = ConcurrentHashMap.newKeySet();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * Creates the memory of a client.
     *
     * @param clientName what its connections are called, or null
     */
    Incarnations(@Nullable String clientName) {
        this.name = Objects.requireNonNullElse(clientName, "dorm") + "-"
                + HexFormat.of().toHexDigits(new SecureRandom().nextLong()) + "-";
    }

    /** Returns how many servers' memories were met: a reply that came before it grew is not to be believed. */
    long count() {
        return count.get();
    }

    /** Returns a name for the connections of one batch. */
    String newMark() {
        return name + drawn.incrementAndGet();
    }

    /** Returns whether all of these connections lead to servers that were looked at. */
    boolean known(List<?> names) {
        return names.stream().allMatch(each -> each instanceof byte[] bytes && marks.contains(text(bytes)));
    }

    /**
     * Takes note of what the servers said that a mark was given to: of the new ones before the mark is believed. One
     * that became a replica meanwhile bears its master's id and may lag behind it.
     */
    void looked(String mark, List<?> infos) {
        for (Object each : infos) {
            String info = text((byte[]) Objects.requireNonNull(each));
            if (info.contains("role:slave")) {
                throw new BackendException("a replica answered in the master's place");
            }
            if (known.add(replicationId(info))) {
                count.incrementAndGet();
            }
        }
        if (marks.size() >= MAX_MARKS) {
            marks.clear();
        }
        marks.add(mark);
    }

    private static String replicationId(String info) {
        return Arrays.stream(info.split("\r?\n"))
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> line.substring(PREFIX.length()).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
