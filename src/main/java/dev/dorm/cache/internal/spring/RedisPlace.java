package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Finds the Redis that the application has already: its own Redisson client, the connection details of Spring Boot's support for
 * Redis, or, where that is not on the class path, the properties {@code spring.data.redis.*} themselves.
 */
final class RedisPlace {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private static final String REDISSON = "org.redisson.api.RedissonClient";

    /** Where each release of Spring Boot has its connection details, and who reads them. */
    private static final Map<String, Function<BeanFactory, @Nullable RedisServers>> DETAILS = Map.of(
            "org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails",
            beans -> RedisOfBoot3.from(beans),
            "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails",
            beans -> RedisOfBoot4.from(beans));

    private final Environment environment;
    private final ConfigurableListableBeanFactory beans;

    RedisPlace(Environment environment, ConfigurableListableBeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    /** Returns the settings that say where the entries are; none when there is no Redis that can be used. */
    Map<String, Object> settings() {
        if (ClassUtils.isPresent(REDISSON, null)) {
            Map<String, Object> client = OwnClient.in(beans);
            if (!client.isEmpty()) {
                return client;
            }
        }
        RedisServers servers = servers();
        if (servers == null) {
            return Map.of();
        }
        if (!ClassUtils.isPresent(REDISSON, null)) {
            LOG.warn(
                    "Spring Boot knows a Redis ({}), but org.redisson:redisson is not on the class path: what is cached"
                            + " stays in this process, and other processes do not see its changes. Add the dependency,"
                            + " or set dorm.cache.backend=locmem if it is meant",
                    String.join(", ", servers.nodes()));
            return Map.of();
        }
        return servers.settings();
    }

    private @Nullable RedisServers servers() {
        for (Map.Entry<String, Function<BeanFactory, @Nullable RedisServers>> each : DETAILS.entrySet()) {
            if (ClassUtils.isPresent(each.getKey(), null)) {
                RedisServers found = each.getValue().apply(beans);
                if (found != null) {
                    return found;
                }
            }
        }
        return RedisProperties.from(Binder.get(environment));
    }

    /** The application's own client; apart, since Redisson may be absent. */
    private static final class OwnClient {

        static Map<String, Object> in(ConfigurableListableBeanFactory beans) {
            List<String> names = List.of(beans.getBeanNamesForType(RedissonClient.class, false, false));
            if (names.isEmpty()) {
                return Map.of();
            }
            // Which one is meant, where there are several, is Spring's affair: the primary one, or an error that says
            // so.
            return Map.of(DormSettings.CLIENT, (Supplier<RedissonClient>) () -> beans.getBean(RedissonClient.class));
        }
    }
}
