package dev.dorm.cache.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        Stream<String> entities = Catalogue.ENTITIES.stream().map(Class::getName);
        Stream<String> others = Stream.of(
                Catalogue.Shelf.class.getName() + ".goods",
                Catalogue.Rack.class.getName() + ".goods",
                Catalogue.Coded.class.getName() + "##NaturalId");
        List<String> regions = Stream.concat(entities, others).toList();
        return new CacheSettings(subject, redis(place), prefix(place), regions, format).settings();
    }

    /** Each has a database of its own, and all share one Redis. */
    private String prefix(Place place) {
        return "shop" + subject.ordinal() + place.ordinal();
    }
}
