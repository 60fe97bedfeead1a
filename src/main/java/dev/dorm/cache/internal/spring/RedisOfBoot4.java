package dev.dorm.cache.internal.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;

/** What Spring Boot 4 says of Redis. */
final class RedisOfBoot4 {

    private RedisOfBoot4() {}

    static @Nullable RedisServers from(BeanFactory beans) {
        DataRedisConnectionDetails details =
                beans.getBeanProvider(DataRedisConnectionDetails.class).getIfAvailable();
        if (details == null) {
            return null;
        }
        boolean tls = details.getSslBundle() != null;
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return new RedisServers(
                    "sentinel",
                    nodes(sentinel.getNodes()),
                    sentinel.getMaster(),
                    sentinel.getDatabase(),
                    details.getUsername(),
                    details.getPassword(),
                    tls);
        }
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return new RedisServers(
                    "cluster", nodes(cluster.getNodes()), null, 0, details.getUsername(), details.getPassword(), tls);
        }
        DataRedisConnectionDetails.Standalone one = details.getStandalone();
        return one == null
                ? null
                : new RedisServers(
                        "",
                        List.of(one.getHost() + ":" + one.getPort()),
                        null,
                        one.getDatabase(),
                        details.getUsername(),
                        details.getPassword(),
                        tls);
    }

    private static List<String> nodes(List<DataRedisConnectionDetails.Node> nodes) {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }
}
