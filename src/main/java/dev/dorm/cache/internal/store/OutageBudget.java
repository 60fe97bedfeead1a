package dev.dorm.cache.internal.store;

import java.util.HashSet;
import java.util.Set;

/**
 * How much of its time a transaction gives to backends that fail: one failed call for each; what else it would ask of
 * that backend it passes by. Used by one thread at a time.
 */
public final class OutageBudget {

    /** Of a write that must not pass by the cache: it tries, whatever others have met with just now. */
    public static final OutageBudget INSISTING = new OutageBudget();

    private Set<Object> lost = Set.of();

    void failed(Object store) {
        if (this == INSISTING) {
            return;
        }
        if (lost.isEmpty()) {
            lost = new HashSet<>();
        }
        lost.add(store);
    }

    boolean lost(Object store) {
        return lost.contains(store);
    }
}
