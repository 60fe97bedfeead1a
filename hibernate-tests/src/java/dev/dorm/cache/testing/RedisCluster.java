package dev.dorm.cache.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** A Redis Cluster of a test's own: three masters, and nothing else. */
public final class RedisCluster implements AutoCloseable {

    private static final String[] SLOTS = {slots(0, 5460), slots(5461, 10922), slots(10923, 16383)};

    private final List<OwnRedis> masters = new ArrayList<>();

    /** Starts the masters; {@link #join} makes them a cluster. */
    public RedisCluster() {
        for (int i = 0; i < SLOTS.length; i++) {
            masters.add(RedisServer.startNode());
        }
    }

    /**
     * Returns the ports where the masters listen.
     *
     * @return one for each
     */
    public List<Integer> ports() {
        return masters.stream().map(OwnRedis::port).toList();
    }

    /**
     * Makes the masters a cluster, and waits until each of them serves and names the others as told.
     *
     * @param announced the ports at which clients are told to connect, in the order of {@link #ports}
     * @return this
     */
    public RedisCluster join(List<Integer> announced) {
        for (int i = 0; i < SLOTS.length; i++) {
            ask(i, "config set cluster-announce-port " + announced.get(i));
            ask(i, "cluster addslots " + SLOTS[i]);
            ask(i, "cluster set-config-epoch " + (i + 1));
        }
        for (int i = 0; i < SLOTS.length; i++) {
            OwnRedis master = masters.get(i);
            ask(0, "cluster meet 127.0.0.1 " + master.port() + " " + master.nodePort());
        }
        String[] addresses =
                announced.stream().map(port -> "127.0.0.1:" + port + "@").toArray(String[]::new);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (int i = 0; i < SLOTS.length; i++) {
                assertThat(ask(i, "cluster info")).contains("cluster_state:ok", "cluster_known_nodes:3");
                assertThat(ask(i, "cluster nodes")).contains(addresses);
            }
        });
        return this;
    }

    /**
     * Returns slots as ADDSLOTS takes them: Redis 6 does not know ADDSLOTSRANGE.
     *
     * @param first the first slot
     * @param last the last slot
     * @return the words, with a blank between them
     */
    public static String slots(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    /**
     * Returns where clients find a cluster.
     *
     * @param ports its nodes' ports on this machine
     * @return a {@code redis+cluster://} URL
     */
    public static String url(List<Integer> ports) {
        return "redis+cluster://"
                + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private String ask(int master, String command) {
        String[] words = command.split(" ");
        try (Jedis jedis = new Jedis("127.0.0.1", masters.get(master).port())) {
            return shown(jedis.sendCommand(
                    () -> words[0].getBytes(UTF_8),
                    List.of(words).subList(1, words.length).toArray(new String[0])));
        }
    }

    private static String shown(Object reply) {
        if (reply instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        if (reply instanceof List<?> list) {
            return list.stream().map(RedisCluster::shown).collect(Collectors.joining("\n"));
        }
        return String.valueOf(reply);
    }

    @Override
    public void close() {
        masters.forEach(OwnRedis::close);
    }
}
