package dev.dorm.cache.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisCluster;
import dev.dorm.cache.testing.RedisServer;
import dev.dorm.cache.testing.RenamingProxy;
import dev.dorm.cache.testing.TestSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** A real server, or a cluster of three, that refuses what a vendor's refuses. */
final class ManagedServer implements AutoCloseable {

    private static final String HIDDEN = "dorm-";

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final String location;

    ManagedServer(Vendor vendor) {
        String login = "app:" + TestSecrets.encoded(TestSecrets.PASSWORD) + "@";
        if (vendor.isCluster()) {
            RedisCluster cluster = new RedisCluster();
            parts.add(cluster);
            cluster.join(cluster.ports());
            cluster.ports().forEach(port -> grant(port, vendor));
            location = RedisCluster.url(cluster.ports()).replace("://", "://" + login);
            return;
        }
        OwnRedis server = RedisServer.startOwn(vendor.inScripts().stream()
                .flatMap(name -> Stream.of("--rename-command", name, HIDDEN + name))
                .toArray(String[]::new));
        parts.add(server);
        grant(server.port(), vendor);
        int port = server.port();
        if (!vendor.inScripts().isEmpty()) {
            RenamingProxy proxy = new RenamingProxy(
                    port, vendor.inScripts().stream().collect(Collectors.toMap(name -> name, name -> HIDDEN + name)));
            parts.add(0, () -> proxy.close());
            port = proxy.port();
        }
        location = "redis://" + login + "127.0.0.1:" + port;
    }

    private static void grant(int port, Vendor vendor) {
        List<String> words =
                new ArrayList<>(List.of("setuser", "app", "on", ">" + TestSecrets.PASSWORD, "~*", "&*", "+@all"));
        vendor.refused().forEach(each -> words.add("-" + each));
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.sendCommand(() -> "acl".getBytes(UTF_8), words.toArray(new String[0]));
        }
    }

    /** Returns where it is, with the user who may do so little. */
    String location() {
        return location;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : parts) {
            each.close();
        }
    }
}
