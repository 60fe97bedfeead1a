package dev.dorm.cache.internal.reach;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a write reaches beyond what Hibernate names.
 *
 * @param entities root entities, any of whose rows may have changed
 * @param collections roles, any of whose collections may have changed
 */
public record Reach(Set<String> entities, Set<String> collections) {

    static Reach nothing() {
        return new Reach(new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    public boolean isNothing() {
        return entities.isEmpty() && collections.isEmpty();
    }

    void add(Reach other) {
        entities.addAll(other.entities);
        collections.addAll(other.collections);
    }
}
