package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.RegionStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The endpoint {@code dormcache}: what each region and each backend has done since the start. */
@Endpoint(id = "dormcache")
public class DormCacheEndpoint {

    private final Caches caches;

    DormCacheEndpoint(Caches caches) {
        this.caches = caches;
    }

    final Caches caches() {
        return caches;
    }

    /** Returns the backends and regions of each session factory. */
    @ReadOperation
    public Map<String, Object> factories() {
        Map<String, Object> factories = new LinkedHashMap<>();
        for (Caches.One cache : caches.running()) {
            Map<String, Object> backends = new LinkedHashMap<>();
            cache.runtime()
                    .statistics()
                    .getAliases()
                    .forEach((alias, counts) -> backends.put(
                            alias, backend(cache.runtime().backend(alias).place(), counts)));
            Map<String, Object> regions = new LinkedHashMap<>();
            cache.runtime().statistics().getRegions().forEach((name, counts) -> regions.put(name, region(counts)));
            factories.put(cache.name(), Map.of("backends", backends, "regions", regions));
        }
        return Map.of("factories", factories);
    }

    /** Returns one region of each session factory that has it; null, which is a 404, where none has. */
    @ReadOperation
    public @Nullable Map<String, Object> region(@Selector String region) {
        Map<String, Object> factories = new LinkedHashMap<>();
        for (Caches.One cache : caches.running()) {
            RegionStatistics counts = cache.runtime().statistics().getRegions().get(region);
            if (counts != null) {
                factories.put(cache.name(), region(counts));
            }
        }
        return factories.isEmpty() ? null : Map.of("factories", factories);
    }

    private static Map<String, Object> backend(String place, AliasStatistics counts) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("place", place);
        shown.put("breaker", counts.getBreaker());
        shown.put("pendingInvalidations", counts.getPendingInvalidations());
        shown.put("calls", counts.getCalls());
        shown.put("answeredCalls", counts.getAnsweredCalls());
        shown.put("answeredNanos", counts.getAnsweredNanos());
        shown.put("failedCalls", counts.getFailedCalls());
        shown.put("bypassedCalls", counts.getBypassedCalls());
        shown.put("breakerOpenings", counts.getBreakerOpenings());
        shown.put("settlements", counts.getSettlements());
        shown.put("awaitedSettlements", counts.getAwaitedSettlements());
        shown.put("bumps", counts.getBumps());
        shown.put("renewals", counts.getRenewals());
        return shown;
    }

    private static Map<String, Object> region(RegionStatistics counts) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("alias", counts.getAlias());
        shown.put("hits", counts.getHits());
        shown.put("nearHits", counts.getNearHits());
        shown.put("misses", counted(counts.getMisses()));
        shown.put("awaitedLoads", counts.getAwaitedLoads());
        shown.put("puts", counts.getPuts());
        shown.put("refusedPuts", counted(counts.getRefusedPuts()));
        shown.put("rejectedEntries", counted(counts.getRejectedEntries()));
        shown.put("locks", counts.getLocks());
        shown.put("invalidations", counts.getInvalidations());
        if (counts.getSize() >= 0) {
            shown.put("size", counts.getSize());
            shown.put("evictions", counts.getEvictions());
        }
        return shown;
    }

    /** Leaves out what never happened. */
    private static Map<String, Long> counted(Map<String, Long> counts) {
        counts.values().removeAll(Set.of(0L));
        return counts;
    }
}
