package com.example.shop;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.RegionStatistics;
import jakarta.persistence.EntityManagerFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the cache has counted in this instance since it was started. */
@Component
public class Figures {

    private static final Map<String, String> NAMES = Map.of(
            "Category", "Categories",
            "Category.products", "Products of a category",
            "Product", "Products",
            "Purchase", "Orders",
            "default-query-results-region", "Query results");

    private final EntityManagerFactory factory;

    Figures(EntityManagerFactory factory) {
        this.factory = factory;
    }

    /**
     * One region's.
     *
     * @param name the region's, for people
     * @param hits how often it answered
     * @param misses how often it was asked in vain
     * @param puts how often something was put there
     */
    public record Region(String name, long hits, long misses, long puts) {}

    /** Those that anybody has asked. */
    List<Region> regions() {
        return DormCache.of(factory).statistics().getRegions().entrySet().stream()
                .filter(region -> isShown(region.getKey()))
                .map(region -> region(region.getKey(), region.getValue()))
                .filter(region -> region.hits() + region.misses() > 0)
                .sorted(Comparator.comparing(Region::name))
                .toList();
    }

    /** Makes everything dead that is cached, for all instances. */
    void evictAll() {
        DormCache.of(factory).evictAll();
    }

    private static boolean isShown(String region) {
        return NAMES.containsKey(shortName(region));
    }

    private static Region region(String name, RegionStatistics counted) {
        long misses =
                counted.getMisses().values().stream().mapToLong(Long::longValue).sum();
        return new Region(NAMES.get(shortName(name)), counted.getHits(), misses, counted.getPuts());
    }

    private static String shortName(String region) {
        return region.replaceFirst("^.*com\\.example\\.shop\\.", "");
    }
}
