package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What a run ran on; no names of machines. */
final class Versions {

    private Versions() {}

    static void put(Map<String, String> run, Servers servers, Pace pace) throws IOException {
        run.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        run.put(
                "pace",
                pace == Pace.FULL ? "the full form" : pace == Pace.QUICK ? "the quick form" : "a trial of the program");
        run.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        run.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        run.put("java", System.getProperty("java.version"));
        run.put("servers", servers.versions());
        run.put("nearMicros", String.format(Locale.ROOT, "%.0f", servers.nearMicros));
        run.put("farMicros", String.format(Locale.ROOT, "%.0f", servers.farMicros));
        run.put("hibernate", ofJar("hibernate-core"));
        run.put("redisson", ofJar("redisson"));
        run.put("redissonHibernate", ofJar("redisson-hibernate-7"));
        run.put("caffeineJcache", ofJar("jcache"));
        run.put("lettuce", ofJar("lettuce-core"));
        for (Place place : Place.values()) {
            run.put("title " + place, place.title());
        }
    }

    /** Returns the version in the name of a jar on the class path. */
    private static String ofJar(String artifact) {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .filter(name -> name.matches(java.util.regex.Pattern.quote(artifact) + "-[0-9].*[.]jar"))
                .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                .findFirst()
                .orElse("unknown");
    }
}
