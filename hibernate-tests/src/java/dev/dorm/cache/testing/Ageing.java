package dev.dorm.cache.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** Makes what a Redis server holds older, so that a test need not wait for a lock's deadline. */
public final class Ageing {

    private static final Pattern DEADLINE = Pattern.compile("(?<=\\|[\\w-]{1,60}=)\\d+");

    private Ageing() {}

    /**
     * Moves every deadline, and every key's end, nearer; what has passed its end goes.
     *
     * @param redis a server that nobody else uses
     * @param time how much nearer
     */
    public static void by(OwnRedis redis, Duration time) {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            for (byte[] key : jedis.keys("*".getBytes(ISO_8859_1))) {
                long left = jedis.pttl(key) - time.toMillis();
                boolean ends = left > -time.toMillis();
                if (ends && left <= 0) {
                    jedis.del(key);
                    continue;
                }
                byte[] value = jedis.get(key);
                if (value == null) {
                    continue;
                }
                String text = new String(value, ISO_8859_1);
                if (text.startsWith("dormlock1:") || Character.isDigit(text.charAt(0))) {
                    String older = DEADLINE.matcher(text)
                            .replaceAll(found -> String.valueOf(Long.parseLong(found.group()) - time.toMillis()));
                    jedis.setrange(key, 0, older.getBytes(ISO_8859_1));
                }
                if (ends) {
                    jedis.pexpire(key, left);
                }
            }
        }
    }
}
