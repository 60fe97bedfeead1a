package dev.dorm.cache.backend;

/** What a store in this process holds of one namespace. Thread-safe; the numbers are those of now. */
public interface Holding {

    /** A {@link Backend} that can tell what it holds, for the statistics: one in this process. */
    interface Teller {

        /**
         * Returns what is held of a namespace.
         *
         * @param namespace a namespace, as this backend lays it out
         * @return tells the numbers whenever it is asked
         */
        Holding holding(Namespace namespace);
    }

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
    long displaced();

    /**
     * Returns how many entries were removed because their time to live was over.
     *
     * @return the count since the store was built
     */
    long expired();
}
