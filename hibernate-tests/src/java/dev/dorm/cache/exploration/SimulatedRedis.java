package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.redis.command.Script;
import dev.dorm.cache.simulation.StoreImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * A real Redis, with the scripts, in virtual time: time passes by bringing all deadlines nearer. A restart changes the
 * name of its replication history, as a real one does.
 */
public final class SimulatedRedis implements StoreImage {

    /** Less is too little to matter beside leases of a minute. */
    private static final Duration GRAIN = Duration.ofMillis(200);

    private static final Pattern DEADLINE = Pattern.compile("=(\\d+)(?:\\.(\\d+))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{16}");

    private record Saved(byte[] bytes, long left, long at) {}

    private final ShiftedBackend backend;
    private final Jedis jedis;

    /** Is sent all that is published, and answers a PING behind it. */
    private final Connection subscriber;

    private final Map<String, Saved> saved = new TreeMap<>();
    private long waiting;
    private long passed;

    /**
     * Takes an empty server over.
     *
     * @param real the backend of its scripts
     * @param jedis a connection to it
     * @param port where it listens
     */
    public SimulatedRedis(Backend real, Jedis jedis, int port) {
        this.backend = new ShiftedBackend(real);
        this.jedis = jedis;
        jedis.flushAll();
        this.subscriber = new Connection("127.0.0.1", port);
        subscriber.sendCommand(Protocol.Command.PSUBSCRIBE, "dormnear:*");
        subscriber.getOne();
    }

    @Override
    public Replies run(Step<?> step, Collection<String> told) {
        Replies replies = backend.execute(List.of(step));
        subscriber.sendCommand(Protocol.Command.PING);
        for (List<?> message = published(); !text(message.get(0)).equals("pong"); message = published()) {
            told.add(text(message.get(3)));
        }
        return replies;
    }

    private List<?> published() {
        return (List<?>) subscriber.getOne();
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, ISO_8859_1);
    }

    @Override
    public Map<String, String> register(Collection<String> channels, Duration life, String token) {
        Map<String, String> names = new TreeMap<>();
        List<String> keys = List.copyOf(channels);
        List<?> found =
                (List<?>) jedis.eval(Script.REGISTER.text(), keys, List.of(String.valueOf(life.toMillis()), token));
        for (int i = 0; i < keys.size(); i++) {
            names.put(keys.get(i), (String) found.get(i));
        }
        return names;
    }

    @Override
    public Map<String, byte[]> read(Collection<String> keys) {
        Map<String, byte[]> found = new TreeMap<>();
        for (String key : keys) {
            byte[] bytes = jedis.get(key.getBytes(ISO_8859_1));
            if (bytes != null) {
                found.put(key, bytes);
            }
        }
        return found;
    }

    @Override
    public void elapse(Duration time) {
        waiting += time.toNanos();
        if (waiting >= GRAIN.toNanos()) {
            long millis = Duration.ofNanos(waiting).toMillis();
            waiting -= Duration.ofMillis(millis).toNanos();
            passed += millis;
            keys().forEach(key -> age(key, jedis.get(key.getBytes(ISO_8859_1)), jedis.pttl(key), millis));
            backend.shift(1000 * millis);
        }
    }

    private void age(String key, byte[] bytes, long left, long millis) {
        if (bytes == null) {
            return;
        }
        if (left >= 0 && left <= millis) {
            jedis.del(key);
            return;
        }
        byte[] aged = aged(key, bytes, millis);
        if (left < 0) {
            jedis.set(key.getBytes(ISO_8859_1), aged);
        } else {
            jedis.psetex(key.getBytes(ISO_8859_1), left - millis, aged);
        }
    }

    private static byte[] aged(String key, byte[] bytes, long millis) {
        String text = new String(bytes, ISO_8859_1);
        if (key.startsWith("dormwrote:") || key.startsWith("dormslices:")) {
            return earlier(text, millis).getBytes(ISO_8859_1);
        }
        if (text.startsWith(RowFormat.LOCK) || key.contains("dormclk") && text.contains("|")) {
            return DEADLINE.matcher(text)
                    .replaceAll(at -> "=" + (Long.parseLong(at.group(1)) - millis)
                            + (at.group(2) == null ? "" : "." + earlier(at.group(2), millis)))
                    .getBytes(ISO_8859_1);
        }
        return bytes;
    }

    private static String earlier(String numbers, long millis) {
        return NUMBER.matcher(numbers).replaceAll(at -> String.valueOf(Long.parseLong(at.group()) - 1000 * millis));
    }

    /** Nobody but its machine sets a server's clock. */
    @Override
    public boolean setClock(Duration by) {
        return false;
    }

    @Override
    public SortedSet<String> keys() {
        return new TreeSet<>(jedis.keys("*"));
    }

    @Override
    public void lose(String key) {
        jedis.del(key);
    }

    @Override
    public void save() {
        saved.clear();
        for (String key : keys()) {
            byte[] bytes = jedis.get(key.getBytes(ISO_8859_1));
            if (bytes != null) {
                saved.put(key, new Saved(bytes, jedis.pttl(key), passed));
            }
        }
    }

    @Override
    public void restart(boolean old) {
        jedis.flushAll();
        if (old) {
            saved.forEach((key, value) -> {
                jedis.set(key.getBytes(ISO_8859_1), value.bytes);
                age(key, value.bytes, value.left, passed - value.at);
            });
        }
        jedis.sendCommand(() -> "DEBUG".getBytes(ISO_8859_1), "CHANGE-REPL-ID");
    }

    @Override
    public void flush() {
        jedis.flushAll();
    }

    @Override
    public String memory() {
        List<String> lines = new ArrayList<>(List.of(jedis.info("replication").split("\r\n")));
        return lines.stream()
                .filter(line -> line.startsWith("master_replid:"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        subscriber.close();
    }
}
