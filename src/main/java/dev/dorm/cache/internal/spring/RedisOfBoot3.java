package dev.dorm.cache.internal.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;

/** What Spring Boot 3.5 says of Redis. */
final class RedisOfBoot3 {

    private RedisOfBoot3() {}

    static @Nullable RedisServers from(BeanFactory beans) {
        RedisConnectionDetails details =
                beans.getBeanProvider(RedisConnectionDetails.class).getIfAvailable();
        if (details == null) {
            return null;
        }
        RedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return new RedisServers(
                    "sentinel",
                    nodes(sentinel.getNodes()),
                    sentinel.getMaster(),
                    sentinel.getDatabase(),
                    details.getUsername(),
                    details.getPassword(),
                    sentinel.getSslBundle() != null);
        }
        RedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return new RedisServers(
                    "cluster",
                    nodes(cluster.getNodes()),
                    null,
                    0,
                    details.getUsername(),
                    details.getPassword(),
                    cluster.getSslBundle() != null);
        }
        RedisConnectionDetails.Standalone one = details.getStandalone();
        return one == null
                ? null
                : new RedisServers(
                        "",
                        List.of(one.getHost() + ":" + one.getPort()),
                        null,
                        one.getDatabase(),
                        details.getUsername(),
                        details.getPassword(),
                        one.getSslBundle() != null);
    }

    private static List<String> nodes(List<RedisConnectionDetails.Node> nodes) {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }
}
