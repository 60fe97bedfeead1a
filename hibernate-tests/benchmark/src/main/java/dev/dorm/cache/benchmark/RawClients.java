package dev.dorm.cache.benchmark;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.Map;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** The clients without Hibernate: nothing over Redis can be faster. */
final class RawClients implements AutoCloseable {

    /** About what a row of {@link Goods} takes. */
    private static final int ENTRY_BYTES = 600;

    private static final String VERSION_KEY = "raw:version";
    private static final String ROW_KEY = "raw:row";
    private static final String SCRIPT = "redis.call('set', KEYS[1], ARGV[1]) return 1";

    private final RedissonClient redisson;
    private final String[] rows = new String[100];
    private final String script;
    private final RedisClient lettuce;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    RawClients(Setup setup, Place place) {
        Config config = new Config()
                .setThreads(2)
                .setNettyThreads(8)
                .setCodec(org.redisson.client.codec.ByteArrayCodec.INSTANCE);
        config.useSingleServer().setAddress(setup.redis(place));
        redisson = Redisson.create(config);
        redisson.getBucket(VERSION_KEY).set("1764200000000000".getBytes());
        redisson.getBucket(ROW_KEY).set(new byte[ENTRY_BYTES]);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ROW_KEY + i;
            redisson.getBucket(rows[i]).set(new byte[ENTRY_BYTES]);
        }
        script = redisson.getScript().scriptLoad(SCRIPT);
        lettuce = RedisClient.create(RedisURI.create(setup.redis(place)));
        connection = lettuce.connect(ByteArrayCodec.INSTANCE);
    }

    Operation of(Scenario scenario) {
        byte[] row = ROW_KEY.getBytes();
        return switch (scenario) {
            case RAW_MGET -> () -> expect(2, redisson.getBuckets().get(VERSION_KEY, ROW_KEY));
            case RAW_MGET_100 -> () -> expect(rows.length, redisson.getBuckets().get(rows));
            case RAW_SCRIPT -> this::runScript;
            case RAW_SET_50 -> this::setFifty;
            case RAW_GET, RAW_GET_8_THREADS, RAW_GET_64_THREADS, RAW_GET_1000_VIRTUAL_THREADS ->
                () -> expect(ENTRY_BYTES, connection.sync().get(row));
            case RAW_POOLED_GET,
                    RAW_POOLED_GET_8_THREADS,
                    RAW_POOLED_GET_64_THREADS,
                    RAW_POOLED_GET_1000_VIRTUAL_THREADS ->
                () -> expect(ENTRY_BYTES, redisson.<byte[]>getBucket(ROW_KEY).get());
            default -> throw new IllegalArgumentException(scenario + " needs Hibernate");
        };
    }

    private Object runScript() {
        return redisson.getScript()
                .<Long>evalSha(RScript.Mode.READ_WRITE, script, RScript.ReturnType.LONG, List.of(ROW_KEY), (Object)
                        new byte[ENTRY_BYTES]);
    }

    private Object setFifty() {
        RBatch batch = redisson.createBatch();
        for (int i = 0; i < 50; i++) {
            var unused = batch.getBucket(rows[i]).setAsync(new byte[ENTRY_BYTES]);
        }
        return batch.execute();
    }

    private static Object expect(int size, Map<String, Object> found) {
        if (found.size() != size) {
            throw new IllegalStateException("found " + found.keySet());
        }
        return found;
    }

    private static Object expect(int size, byte[] found) {
        if (found.length != size) {
            throw new IllegalStateException("found " + found.length + " bytes");
        }
        return found;
    }

    @Override
    public void close() {
        connection.close();
        lettuce.shutdown();
        redisson.shutdown();
    }
}
