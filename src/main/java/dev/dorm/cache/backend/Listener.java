package dev.dorm.cache.backend;

/** Is told what any process does over a store, by a thread that must not be kept waiting. */
public interface Listener {

    /**
     * A row was locked or invalidated, a shard's version was changed, or a table was locked, or released or renewed without a
     * lock that stands; it is told at least once.
     *
     * @param key the row's key, the version's, or that of the table's record
     */
    void changed(String key);

    /** Something may have happened that was not told: what was kept because nothing was told must go. */
    void lost();

    /**
     * The same, of one channel: until now something may have happened there that was not told.
     *
     * @param channel a channel that was {@linkplain Listening#beat asked for}
     */
    void lost(String channel);
}
