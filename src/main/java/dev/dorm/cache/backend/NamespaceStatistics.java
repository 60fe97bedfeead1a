package dev.dorm.cache.backend;

/** What a store in this process holds of one namespace. Thread-safe; the numbers are those of now. */
public interface NamespaceStatistics {

    /**
     * Returns how many entries are held, those included that are dead and not removed yet.
     *
     * @return rows and query results, without locks and tombstones
     */
    long entries();

    /**
     * Returns how many entries had to leave because the store was full.
     *
     * @return the count since the store was built
     */
    long evicted();

    /**
     * Returns how many entries were removed because their time to live was over.
     *
     * @return the count since the store was built
     */
    long expired();
}
