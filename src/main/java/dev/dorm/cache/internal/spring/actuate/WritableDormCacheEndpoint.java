package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.backend.BackendException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hibernate.persister.entity.EntityPersister;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** The endpoint with what changes the cache: for all processes that share it. */
@Endpoint(id = "dormcache")
public final class WritableDormCacheEndpoint extends DormCacheEndpoint {

    WritableDormCacheEndpoint(Caches caches) {
        super(caches);
    }

    /** Makes everything dead that is cached of each session factory's mapping. */
    @DeleteOperation
    public Map<String, Object> evictAll() {
        List<Caches.One> all = caches().running();
        all.forEach(cache -> cache.cache().evictAll());
        return Map.of(
                "evicted",
                "all",
                "factories",
                all.stream().map(Caches.One::name).toList());
    }

    /** Makes everything dead that is cached in a region. */
    @DeleteOperation
    public Map<String, Object> evict(@Selector String region) {
        List<Caches.One> having = caches().running().stream()
                .filter(cache -> cache.runtime().statistics().getRegions().containsKey(region))
                .toList();
        if (having.isEmpty()) {
            TreeSet<String> there = new TreeSet<>();
            caches().running()
                    .forEach(cache -> there.addAll(
                            cache.runtime().statistics().getRegions().keySet()));
            throw refused("No region is named '" + region + "'; there are " + there);
        }
        having.forEach(cache -> cache.factory().getCache().evictRegion(region));
        return Map.of(
                "evicted",
                region,
                "factories",
                having.stream().map(Caches.One::name).toList());
    }

    /** Bumps the model version of an entity: its rows, its natural ids and the query results over its tables are dead. */
    @WriteOperation
    public Map<String, Object> bump(@Selector String entity) {
        Map<String, Object> versions = new LinkedHashMap<>();
        for (Caches.One cache : caches().running()) {
            EntityPersister known = cache.factory().getMappingMetamodel().findEntityDescriptor(entity);
            if (known != null && known.canWriteToCache()) {
                versions.put(cache.name(), bump(cache, known));
            }
        }
        if (versions.isEmpty()) {
            throw refused("No cached entity is named '" + entity + "'; give the name of its class, with its package");
        }
        return Map.of("bumped", entity, "versions", versions);
    }

    private static Object bump(Caches.One cache, EntityPersister entity) {
        try {
            return cache.cache().bumpModelVersion(entity.getMappedClass());
        } catch (BackendException e) {
            return "owed: " + e.getMessage();
        }
    }

    private static InvalidEndpointRequestException refused(String why) {
        return new InvalidEndpointRequestException(why, why);
    }
}
