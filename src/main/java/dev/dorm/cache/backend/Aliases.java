package dev.dorm.cache.backend;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The configured backends by their aliases, each built when it is first asked for. Thread-safe.
 *
 * <p>The counterpart of dorm's {@code get_cache} and {@code reset_caches}.
 */
public final class Aliases implements AutoCloseable {

    private final Function<String, Backend> build;
    private final Map<String, Backend> built = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * Creates the aliases.
     *
     * @param build builds the backend of an alias; throws for one that is not configured
     */
    public Aliases(Function<String, Backend> build) {
        this.build = build;
    }

    /**
     * Returns the backend of an alias.
     *
     * @param alias the alias, {@value BackendSettings#DEFAULT_ALIAS} unless said otherwise
     * @return the same backend until {@link #reset()}
     * @throws IllegalArgumentException when there is no such alias
     * @throws BackendException when the aliases are closed: nobody would close what is built now
     */
    public Backend get(String alias) {
        Backend known = built.get(alias);
        return known != null ? known : build(alias);
    }

    private synchronized Backend build(String alias) {
        if (closed) {
            throw new BackendException("the cache is closed");
        }
        Backend known = built.get(alias);
        if (known == null) {
            known = build.apply(alias);
            built.put(alias, known);
        }
        return known;
    }

    /** Closes every backend that was built; the next use of an alias builds it anew from the same settings. */
    public synchronized void reset() {
        built.values().forEach(Backend::close);
        built.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        reset();
    }
}
