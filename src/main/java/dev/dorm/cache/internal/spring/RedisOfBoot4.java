package dev.dorm.cache.internal.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/** What Spring Boot 4 says of Redis. */
final class RedisOfBoot4 {

    private RedisOfBoot4() {}

    static @Nullable RedisServers from(BeanFactory beans) {
        DataRedisConnectionDetails details =
                beans.getBeanProvider(DataRedisConnectionDetails.class).getIfAvailable();
        if (details == null) {
            return null;
        }
        SslBundle bundle = details.getSslBundle();
        RedisServers.Login login = new RedisServers.Login(details.getUsername(), details.getPassword());
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return new RedisServers(
                    "sentinel",
                    nodes(sentinel.getNodes()),
                    sentinel.getMaster(),
                    sentinel.getDatabase(),
                    login,
                    new RedisServers.Login(sentinel.getUsername(), sentinel.getPassword()),
                    bundle != null,
                    bundle);
        }
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return RedisServers.cluster(nodes(cluster.getNodes()), login, bundle != null, bundle);
        }
        DataRedisConnectionDetails.Standalone one = details.getStandalone();
        return one == null
                ? null
                : RedisServers.one(
                        one.getHost() + ":" + one.getPort(), one.getDatabase(), login, bundle != null, bundle);
    }

    private static List<String> nodes(List<DataRedisConnectionDetails.Node> nodes) {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }
}
