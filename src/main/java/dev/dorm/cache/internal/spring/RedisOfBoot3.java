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
        RedisServers.Login login = new RedisServers.Login(details.getUsername(), details.getPassword());
        RedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return new RedisServers(
                    "sentinel",
                    nodes(sentinel.getNodes()),
                    sentinel.getMaster(),
                    sentinel.getDatabase(),
                    login,
                    new RedisServers.Login(sentinel.getUsername(), sentinel.getPassword()),
                    sentinel.getSslBundle() != null,
                    sentinel.getSslBundle());
        }
        RedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return RedisServers.cluster(
                    nodes(cluster.getNodes()), login, cluster.getSslBundle() != null, cluster.getSslBundle());
        }
        RedisConnectionDetails.Standalone one = details.getStandalone();
        return one == null
                ? null
                : RedisServers.one(
                        one.getHost() + ":" + one.getPort(),
                        one.getDatabase(),
                        login,
                        one.getSslBundle() != null,
                        one.getSslBundle());
    }

    private static List<String> nodes(List<RedisConnectionDetails.Node> nodes) {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }
}
