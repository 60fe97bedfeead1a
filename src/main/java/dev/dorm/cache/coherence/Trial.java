package dev.dorm.cache.coherence;

import java.util.HashSet;
import java.util.Set;

/**
 * How much of its time a transaction gives to backends that fail: one failed call for each; what else it would ask of
 * that backend it passes by. Used by one thread at a time.
 */
final class Trial {

    /** Of a write that must not pass by the cache: it tries, whatever others have met with just now. */
    static final Trial INSISTING = new Trial();

    private final Set<Store> lost = new HashSet<>();

    void failed(Store store) {
        if (this != INSISTING) {
            lost.add(store);
        }
    }

    boolean lost(Store store) {
        return lost.contains(store);
    }
}
