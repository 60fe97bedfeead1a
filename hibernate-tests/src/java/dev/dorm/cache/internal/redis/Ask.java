package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.testing.OwnRedis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Transaction;

/** Asks a server what really stands there, through another client than ours. */
final class Ask {

    private Ask() {}

    static String server(OwnRedis server, String command, String... words) {
        return database(0, server, command, words);
    }

    static String database(int database, OwnRedis server, String command, String... words) {
        return as(DefaultJedisClientConfig.builder().database(database).build(), server, command, words);
    }

    static String as(JedisClientConfig who, OwnRedis server, String command, String... words) {
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", server.port()), who)) {
            return shown(jedis.sendCommand(() -> command.getBytes(UTF_8), words));
        }
    }

    /** Returns everything that a server holds, as it may be {@link #restore}d. */
    static Map<String, byte[]> backup(OwnRedis server) {
        Map<String, byte[]> all = new TreeMap<>();
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", server.port()))) {
            jedis.keys("*").forEach(key -> all.put(key, jedis.dump(key)));
        }
        return all;
    }

    /** Puts back what a server held, in one step. */
    static void restore(OwnRedis server, Map<String, byte[]> backup) {
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", server.port()));
                Transaction all = jedis.multi()) {
            all.flushAll();
            backup.forEach((key, value) -> all.restore(key, 0, value));
            all.exec();
        }
    }

    private static String shown(Object reply) {
        if (reply instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        if (reply instanceof List<?> list) {
            return list.stream().map(Ask::shown).collect(Collectors.joining("\n"));
        }
        return String.valueOf(reply);
    }
}
