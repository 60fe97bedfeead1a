package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The configured backends, each built when it is first asked for. Thread-safe.
 *
 * <p>The counterpart of dorm's {@code get_cache} and {@code reset_caches}.
 */
final class Backends implements AutoCloseable {

    private final Function<StoreName, Backend> build;
    private final Map<StoreName, Backend> built = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * Creates the backends.
     *
     * @param build builds one; throws when the settings know no such alias
     */
    Backends(Function<StoreName, Backend> build) {
        this.build = build;
    }

    /**
     * Returns a backend.
     *
     * @param name which
     * @return the same backend until {@link #reset()}
     * @throws IllegalArgumentException when there is no such alias
     * @throws BackendException when all are closed: nobody would close what is built now
     */
    Backend get(StoreName name) {
        Backend known = built.get(name);
        return known != null ? known : build(name);
    }

    private synchronized Backend build(StoreName name) {
        if (closed) {
            throw new BackendException("the cache is closed");
        }
        Backend known = built.get(name);
        if (known == null) {
            known = build.apply(name);
            built.put(name, known);
        }
        return known;
    }

    /** Closes every backend that was built; the next use of a name builds it anew from the same settings. */
    synchronized void reset() {
        built.values().forEach(Backend::close);
        built.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        reset();
    }
}
