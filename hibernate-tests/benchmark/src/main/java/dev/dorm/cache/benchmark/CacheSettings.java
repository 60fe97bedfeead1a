package dev.dorm.cache.benchmark;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/**
 * How Hibernate is told to use a subject.
 *
 * @param subject which one
 * @param redis the URL of Redis, for those that use it
 * @param prefix of the regions: who shares it shares the cache
 * @param regions of entities, collections and natural ids
 * @param format the format of our entries
 */
public record CacheSettings(Subject subject, String redis, String prefix, List<String> regions, String format) {

    /** Of the caches in process, and more than there are rows. */
    private static final int MAX_ENTRIES = 50_000;

    private static final String TIMESTAMPS = "default-update-timestamps-region";

    /** Returns Hibernate's settings; nothing ends while it is measured. */
    public Map<String, Object> settings() {
        return settings(null);
    }

    /** Returns Hibernate's settings, with a time to live of everything but the timestamps, or null. */
    public Map<String, Object> settings(@Nullable Duration ttl) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.cache.use_second_level_cache", String.valueOf(subject != Subject.NONE));
        settings.put("hibernate.cache.use_query_cache", String.valueOf(subject != Subject.NONE));
        settings.put("hibernate.cache.region_prefix", prefix);
        switch (subject) {
            case LOCMEM -> dorm(settings, Map.of("backend", "locmem", "max_entries", "" + MAX_ENTRIES));
            case REDIS -> dorm(settings, Map.of("location", redis));
            case NEAR -> dorm(settings, Map.of("location", redis, "near", "all", "max_entries", "" + MAX_ENTRIES));
            case REDISSON -> {
                settings.put("hibernate.cache.region.factory_class", "redisson");
                settings.put("hibernate.cache.redisson.config", redissonConfig());
                if (ttl != null) {
                    for (String kind : List.of("entity", "collection", "naturalid", "query")) {
                        settings.put(
                                "hibernate.cache.redisson." + kind + ".expiration.time_to_live", "" + ttl.toMillis());
                    }
                }
            }
            case CAFFEINE -> {
                settings.put("hibernate.cache.region.factory_class", "jcache");
                settings.put("hibernate.javax.cache.cache_manager", caffeine(ttl));
            }
            case NONE, FLOOR -> {}
        }
        if (subject.ours() && ttl != null) {
            settings.put("hibernate.cache.dorm.ttl", ttl.toMillis() + "ms");
        }
        return settings;
    }

    private void dorm(Map<String, Object> settings, Map<String, String> more) {
        settings.put("hibernate.cache.region.factory_class", "dorm");
        settings.put("hibernate.cache.dorm.signing_key", "a signing key of the benchmark");
        settings.put("hibernate.cache.dorm.format", format);
        settings.put("hibernate.cache.dorm.ttl", "1h");
        // A busy machine must not make a slow call a miss: that would be another thing than is measured.
        settings.put("hibernate.cache.dorm.timeout", "5s");
        more.forEach((name, value) -> settings.put("hibernate.cache.dorm." + name, value));
    }

    private String redissonConfig() {
        try {
            Path file = Files.createTempFile("benchmark-redisson-", ".yaml");
            file.toFile().deleteOnExit();
            // Threads as many as ours has; its defaults otherwise, the codec among them.
            Files.writeString(
                    file,
                    """
                    singleServerConfig:
                      address: "%s"
                    threads: 2
                    nettyThreads: 8
                    """
                            .formatted(redis));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens one cache for each region, which keeps what it is given: JCache's default would serialize each entry. */
    private CacheManager caffeine(@Nullable Duration ttl) {
        CacheManager manager = new CaffeineCachingProvider().getCacheManager();
        Stream<String> others = Stream.of("default-query-results-region", TIMESTAMPS);
        Stream.concat(regions.stream(), others).forEach(region -> {
            CaffeineConfiguration<Object, Object> configuration = new CaffeineConfiguration<>();
            configuration.setStoreByValue(false);
            configuration.setMaximumSize(OptionalLong.of(MAX_ENTRIES));
            if (ttl != null && !region.equals(TIMESTAMPS)) {
                configuration.setExpireAfterWrite(OptionalLong.of(ttl.toNanos()));
            }
            manager.createCache(prefix + "." + region, configuration);
        });
        return manager;
    }
}
