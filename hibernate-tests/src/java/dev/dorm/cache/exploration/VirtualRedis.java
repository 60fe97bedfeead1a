package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;

/**
 * A real Redis, in which time passes by bringing every deadline nearer: those of keys, and those that are written in
 * locks and in the records of tables.
 */
final class VirtualRedis implements VirtualStore {

    private static final Pattern DEADLINE = Pattern.compile("=(\\d+)(?:\\.(\\d+))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{16}");

    private final JedisPool pool;
    private final AtomicLong nanos;
    private final List<String> timed;
    private final List<String> numbers;
    private final List<String> all;
    private final ShiftedBackend shifted;

    /** Looks after what one world keeps under a prefix of its own; {@code nanos} is its JVMs' time. */
    VirtualRedis(Backend backend, JedisPool pool, AtomicLong nanos, String prefix) {
        this.pool = pool;
        this.nanos = nanos;
        String rows = "dormqs:" + prefix + "app.Row";
        String clock = "dormclk@" + prefix;
        this.timed = List.of("dormrow:" + rows + ":1", "dormlock:" + rows, clock + ":t");
        this.numbers = List.of("dormwrote:" + rows, "dormslices:" + rows);
        this.all = List.of(
                timed.get(0), timed.get(1), timed.get(2), "dormver:" + rows, clock, numbers.get(0), numbers.get(1));
        this.shifted = new ShiftedBackend(backend);
    }

    @Override
    public Backend backend() {
        return shifted;
    }

    @Override
    public void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        long millis = duration.toMillis();
        if (millis > 0) {
            try (Jedis jedis = pool.getResource()) {
                timed.forEach(key -> age(jedis, key.getBytes(ISO_8859_1), millis));
                numbers.forEach(key -> {
                    String held = jedis.get(key);
                    if (held != null) {
                        jedis.set(key, earlier(held, millis));
                    }
                });
                shifted.shift(1000 * millis);
            }
        }
    }

    private static void age(Jedis jedis, byte[] key, long millis) {
        byte[] bytes = jedis.get(key);
        long left = jedis.pttl(key);
        if (bytes == null) {
            return;
        }
        if (left >= 0 && left <= millis) {
            jedis.del(key);
            return;
        }
        byte[] aged = aged(bytes, millis);
        if (left < 0) {
            jedis.set(key, aged);
        } else {
            jedis.psetex(key, left - millis, aged);
        }
    }

    private static String earlier(String numbers, long millis) {
        return NUMBER.matcher(numbers).replaceAll(at -> String.valueOf(Long.parseLong(at.group()) - 1000 * millis));
    }

    private static byte[] aged(byte[] bytes, long millis) {
        String text = new String(bytes, ISO_8859_1);
        if (text.startsWith(RowFormat.ENTRY)) {
            return bytes;
        }
        return DEADLINE.matcher(text)
                .replaceAll(at -> "=" + (Long.parseLong(at.group(1)) - millis)
                        + (at.group(2) == null ? "" : "." + earlier(at.group(2), millis)))
                .getBytes(ISO_8859_1);
    }

    /** The tests' servers run on this machine, and to be a little wrong moves nothing by a second. */
    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long ahead() {
        return shifted.shift();
    }

    @Override
    public Duration left(String key) {
        try (Jedis jedis = pool.getResource()) {
            return Duration.ofMillis(Math.max(0, jedis.pttl(key)));
        }
    }

    @Override
    public void flush() {
        try (Jedis jedis = pool.getResource()) {
            jedis.del(all.toArray(String[]::new));
        }
    }

    @Override
    public void close() {
        flush();
    }
}
