package dev.dorm.cache.benchmark;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.cache.CacheManager;

/**
 * What a worker is told.
 *
 * @param subject whom it measures
 * @param redisNear the port of Redis
 * @param redisFar the port of the proxy before it
 * @param postgres a JDBC URL through the proxy
 * @param format the format of our entries
 */
record Setup(Subject subject, int redisNear, int redisFar, String postgres, String format) {

    /** Of the caches in process, and more than there are rows. */
    private static final int MAX_ENTRIES = 50_000;

    static Setup fromSystemProperties() {
        return new Setup(
                Subject.valueOf(System.getProperty("benchmark.subject")),
                Integer.getInteger("benchmark.redisNear", 0),
                Integer.getInteger("benchmark.redisFar", 0),
                System.getProperty("benchmark.postgres", ""),
                System.getProperty("benchmark.format", "json"));
    }

    List<String> asArguments() {
        return List.of(
                "-Dbenchmark.subject=" + subject,
                "-Dbenchmark.redisNear=" + redisNear,
                "-Dbenchmark.redisFar=" + redisFar,
                "-Dbenchmark.postgres=" + postgres,
                "-Dbenchmark.format=" + format);
    }

    String database(Place place) {
        return place == Place.POSTGRES_FAR ? postgres : "jdbc:h2:mem:" + place + ";DB_CLOSE_DELAY=-1";
    }

    /** Returns how many rows the entity has that is missed: enough for one measurement. */
    int many(Place place) {
        return place == Place.H2_NEAR ? 20_000 : 2_000;
    }

    String redis(Place place) {
        return "redis://127.0.0.1:" + (place.far() ? redisFar : redisNear);
    }

    Map<String, Object> cache(Place place) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.cache.use_second_level_cache", String.valueOf(subject != Subject.NONE));
        settings.put("hibernate.cache.use_query_cache", String.valueOf(subject != Subject.NONE));
        settings.put("hibernate.cache.region_prefix", prefix(place));
        switch (subject) {
            case LOCMEM -> dorm(settings, Map.of("max_entries", "" + MAX_ENTRIES));
            case REDIS -> dorm(settings, Map.of("location", redis(place)));
            case NEAR ->
                dorm(settings, Map.of("location", redis(place), "near", "all", "max_entries", "" + MAX_ENTRIES));
            case REDISSON -> {
                settings.put("hibernate.cache.region.factory_class", "redisson");
                settings.put("hibernate.cache.redisson.config", redissonConfig(place));
            }
            case CAFFEINE -> {
                settings.put("hibernate.cache.region.factory_class", "jcache");
                settings.put("hibernate.javax.cache.cache_manager", caffeine(place));
            }
            case NONE, FLOOR -> {}
        }
        return settings;
    }

    /** Each has a database of its own, and all share one Redis. */
    private String prefix(Place place) {
        return "shop" + subject.ordinal() + place.ordinal();
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

    private String redissonConfig(Place place) {
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
                            .formatted(redis(place)));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens one cache for each region, which keeps what it is given: JCache's default would serialize each entry. */
    private CacheManager caffeine(Place place) {
        CacheManager manager = new CaffeineCachingProvider().getCacheManager();
        Stream<String> entities = Catalogue.ENTITIES.stream().map(Class::getName);
        Stream<String> others = Stream.of(
                Catalogue.Shelf.class.getName() + ".goods",
                Catalogue.Coded.class.getName() + "##NaturalId",
                "default-query-results-region",
                "default-update-timestamps-region");
        Stream.concat(entities, others).forEach(region -> {
            CaffeineConfiguration<Object, Object> configuration = new CaffeineConfiguration<>();
            configuration.setStoreByValue(false);
            configuration.setMaximumSize(OptionalLong.of(MAX_ENTRIES));
            manager.createCache(prefix(place) + "." + region, configuration);
        });
        return manager;
    }
}
