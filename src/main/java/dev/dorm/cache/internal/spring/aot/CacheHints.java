package dev.dorm.cache.internal.spring.aot;

import dev.dorm.cache.internal.hibernate.ReflectedTypes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What the library reaches by reflection, and the resources that it reads, for a native image. */
final class CacheHints implements RuntimeHintsRegistrar {

    private static final String OWN = "dev.dorm.cache.internal.";

    /** What is looked for, to see whether it is there. */
    private static final List<String> LOOKED_FOR = List.of(
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "io.micrometer.core.instrument.Metrics",
            "org.redisson.Redisson",
            "org.redisson.api.RedissonClient",
            "org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails");

    /** What is made, and whose fields are read or set. */
    private static final List<String> MADE = List.of(
            OWN + "discovery.DormIntegrator",
            OWN + "discovery.DormServiceContributor",
            OWN + "discovery.DormStrategyRegistration",
            OWN + "locmem.LocMemBackend",
            OWN + "redis.RedisBackend",
            "io.netty.util.HashedWheelTimer");

    /** Whose methods are called, or listed. */
    private static final List<String> CALLED = List.of(
            OWN + "spring.DormCacheProperties",
            OWN + "spring.ManagementProperties",
            "io.netty.channel.epoll.Epoll",
            "io.netty.channel.kqueue.KQueue",
            "org.redisson.config.ClusterServersConfig",
            "org.redisson.config.Config",
            "org.redisson.config.MasterSlaveServersConfig",
            "org.redisson.config.SentinelServersConfig",
            "org.redisson.config.SingleServerConfig");

    /** What Caffeine makes for caches such as the library's: see its {@code LocalCacheFactory} and {@code NodeFactory}. */
    private static final List<String> OF_CAFFEINE = List.of(
            "FS", "FSA", "PS", "PSA", "PSAMS", "PSMS", "PSW", "PSWMS", "PSWMW", "SS", "SSA", "SSMS", "SSMSA", "SSMSW",
            "SSMW", "SSMWA", "SSMWAW", "SSW", "WS", "WSA");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        LOOKED_FOR.forEach(each -> hints.reflection().registerTypeIfPresent(loader, each));
        Stream.concat(MADE.stream(), ReflectedTypes.MADE.stream()).forEach(each -> hints.reflection()
                .registerTypeIfPresent(
                        loader, each, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.DECLARED_FIELDS));
        Stream.concat(CALLED.stream(), ReflectedTypes.CALLED.stream()).forEach(each -> hints.reflection()
                .registerTypeIfPresent(loader, each, MemberCategory.INVOKE_PUBLIC_METHODS));
        OF_CAFFEINE.forEach(each -> hints.reflection()
                .registerTypeIfPresent(
                        loader,
                        "com.github.benmanes.caffeine.cache." + each,
                        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                        MemberCategory.DECLARED_FIELDS));
        ReflectedTypes.PROXIES.forEach(each -> hints.proxies().registerJdkProxy(TypeReference.of(each)));
        hints.resources().registerPattern("dev/dorm/cache/internal/redis/command/*.lua");
        hints.resources().registerPattern(ReflectedTypes.SERVICES);
    }
}
