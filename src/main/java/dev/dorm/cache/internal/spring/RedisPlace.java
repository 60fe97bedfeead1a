package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Finds the Redis that the application has already: its own Redisson client, the connection details of Spring Boot's support for
 * Redis, or, where that is not on the class path, the properties {@code spring.data.redis.*} themselves.
 */
final class RedisPlace {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private static final String REDISSON = "org.redisson.api.RedissonClient";
    private static final String RESOLVER = "org.redisson.config.CredentialsResolver";

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
        Map<String, Object> client = ownClient();
        if (!client.isEmpty()) {
            return client;
        }
        RedisServers servers = servers();
        if (servers == null) {
            return Map.of();
        }
        if (!isPresent(REDISSON)) {
            LOG.warn(
                    "Spring Boot knows a Redis ({}), but org.redisson:redisson is not on the class path: what is cached"
                            + " stays in this process, and other processes do not see its changes. Add the dependency,"
                            + " or set dorm.cache.backend=locmem if it is meant",
                    String.join(", ", servers.nodes()));
            return Map.of();
        }
        Map<String, Object> settings = new LinkedHashMap<>(servers.settings());
        addTimes(settings);
        return settings;
    }

    /** Returns the settings that say who logs in, where the application has a bean for that and Redis is not reached by its own client. */
    Map<String, Object> login() {
        if (!isPresent(RESOLVER)) {
            return Map.of();
        }
        Class<?> type = ClassUtils.resolveClassName(RESOLVER, beans.getBeanClassLoader());
        List<String> names = List.of(beans.getBeanNamesForType(type, false, false));
        return names.isEmpty()
                ? Map.of()
                : Map.of(DormSettings.CREDENTIALS, (Supplier<Object>) () -> beans.getBean(type));
    }

    /** The application's own client. Which one is meant, where there are several, is Spring's affair: the primary one, or an error. */
    private Map<String, Object> ownClient() {
        if (!isPresent(REDISSON)) {
            return Map.of();
        }
        Class<?> type = ClassUtils.resolveClassName(REDISSON, beans.getBeanClassLoader());
        List<String> names = List.of(beans.getBeanNamesForType(type, false, false));
        return names.isEmpty() ? Map.of() : Map.of(DormSettings.CLIENT, (Supplier<Object>) () -> beans.getBean(type));
    }

    private @Nullable RedisServers servers() {
        for (Map.Entry<String, Function<BeanFactory, @Nullable RedisServers>> each : DETAILS.entrySet()) {
            if (isPresent(each.getKey())) {
                RedisServers found = each.getValue().apply(beans);
                if (found != null) {
                    return found;
                }
            }
        }
        Binder binder = Binder.get(environment);
        if (binder.bind("spring.data.redis.masterreplica.nodes", String.class).isBound()) {
            LOG.warn("spring.data.redis.masterreplica is not supported: say by dorm.cache.location or dorm.cache.config"
                    + " where Redis is, else what is cached stays in this process");
        }
        return RedisProperties.from(binder, this::bundle);
    }

    private SslBundle bundle(String name) {
        try {
            return beans.getBean(SslBundles.class).getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw new SettingException(
                    "Property spring.data.redis.ssl.bundle: there is no SSL bundle '%s'; expected one that is configured under spring.ssl.bundle.jks or spring.ssl.bundle.pem"
                            .formatted(name),
                    e);
        }
    }

    /** What connection details do not say. */
    private void addTimes(Map<String, Object> settings) {
        Binder binder = Binder.get(environment);
        binder.bind(RedisProperties.PREFIX + "client-name", String.class)
                .ifBound(name -> settings.put(DormSettings.OPTIONS + "clientName", name));
        binder.bind(RedisProperties.PREFIX + "timeout", Duration.class)
                .ifBound(time -> settings.put(DormSettings.TIMEOUT, time));
        binder.bind(RedisProperties.PREFIX + "connect-timeout", Duration.class)
                .ifBound(
                        time -> settings.put(DormSettings.OPTIONS + "connectTimeout", String.valueOf(time.toMillis())));
    }

    private boolean isPresent(String name) {
        return ClassUtils.isPresent(name, beans.getBeanClassLoader());
    }
}
