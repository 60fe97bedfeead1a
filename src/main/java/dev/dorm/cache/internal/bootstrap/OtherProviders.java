package dev.dorm.cache.internal.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of other cache providers, which an application may have kept, and which say nothing to this one. */
final class OtherProviders {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private static final List<String> PREFIXES = List.of(
            "hibernate.cache.redisson.",
            "hibernate.javax.cache.",
            "hibernate.cache.infinispan.",
            "hibernate.cache.hazelcast.",
            "hibernate.cache.ehcache.",
            "net.sf.ehcache.");

    private OtherProviders() {}

    /** Says in one line which of them are without effect. */
    static void tell(Map<String, ?> configuration) {
        Set<String> found = configuration.keySet().stream()
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!found.isEmpty()) {
            LOG.warn("Settings of another cache provider are without effect, and can go: {}", String.join(", ", found));
        }
    }
}
