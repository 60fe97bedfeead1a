package dev.dorm.cache.internal.locmem;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The stores that several backends of this process share, by location; each lives as long as somebody uses it. */
final class SharedStores {

    private static final ConcurrentMap<String, Shared> STORES = new ConcurrentHashMap<>();

    private record Shared(InMemoryStore store, int users) {}

    private SharedStores() {}

    static InMemoryStore acquire(String location, Supplier<InMemoryStore> creation) {
        return STORES.compute(
                        location,
                        (name, shared) -> shared == null
                                ? new Shared(creation.get(), 1)
                                : new Shared(shared.store, shared.users + 1))
                .store;
    }

    static void release(String location) {
        STORES.computeIfPresent(
                location, (name, shared) -> shared.users == 1 ? null : new Shared(shared.store, shared.users - 1));
    }
}
