package com.example.modules;

import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;

/** Stores a few rows, reads each again and again, and says how often the cache had it. */
public final class Program {

    private static final Map<String, Integer> MOONS = Map.of("Earth", 1, "Mars", 2, "Neptune", 16);
    private static final int READS = 3;

    private Program() {}

    /**
     * Runs it; ends with exit code 1 when nothing came from the cache.
     *
     * @param arguments where Redis is, or nothing to keep entries in this process
     */
    public static void main(String[] arguments) {
        Map<String, String> settings = arguments.length == 0
                ? Map.of("hibernate.cache.dorm.backend", "locmem")
                : Map.of("hibernate.cache.dorm.location", arguments[0]);
        try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("modules", settings)) {
            factory.runInTransaction(
                    manager -> MOONS.forEach((name, moons) -> manager.persist(new Planet(name, moons))));
            for (int i = 0; i < READS; i++) {
                factory.runInTransaction(manager -> MOONS.forEach((name, moons) -> {
                    if (manager.find(Planet.class, name).getMoons() != moons) {
                        throw new IllegalStateException(name);
                    }
                }));
            }
            report(DormCache.of(factory).statistics());
        }
    }

    private static void report(CacheStatistics statistics) {
        System.out.printf("hits %d, puts %d%n", statistics.getHits(), statistics.getPuts());
        if (statistics.getHits() == 0) {
            System.exit(1);
        }
    }
}
