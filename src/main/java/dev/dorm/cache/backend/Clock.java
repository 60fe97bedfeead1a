package dev.dorm.cache.backend;

/**
 * Names the keys of a query clock: one counter for all writes of an application, and its value at each table's last
 * write.
 *
 * @param key the counter's key, {@code dormclk}, or {@code dormclk@<prefix>} under a region prefix
 * @param tablePrefix what a table's key begins with
 */
public record Clock(String key, String tablePrefix) {

    /**
     * Returns the key under which stands for which server epoch the clock was renewed.
     *
     * @return {@code dorminc:dormclk}
     */
    public String epochKey() {
        return Keys.renewed(key);
    }

    /**
     * Returns the channel on which {@linkplain Listener listeners} are told of the tables, as {@link Shard#channel} is for rows.
     *
     * @return {@code dormnear:dormclk}
     */
    public String channel() {
        return Keys.channel(key);
    }

    /**
     * Returns the key of a table's record.
     *
     * @param table the query space
     * @return {@code dormclk:<table>}
     */
    public String tableKey(String table) {
        return tablePrefix + table;
    }
}
