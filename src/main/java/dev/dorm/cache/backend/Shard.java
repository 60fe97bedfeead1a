package dev.dorm.cache.backend;

/**
 * A part of a namespace whose keys stand together on one server: it has a version and a region lock of its own. Outside
 * a cluster a namespace is one shard.
 *
 * @param versionKey the key of the model version, {@code dormver:<namespace>}
 * @param lockKey the key of the region lock, {@code dormlock:<namespace>}
 * @param rowPrefix what a row's key begins with, {@code dormrow:<namespace>:}
 * @param resultPrefix what a query result's key begins with, {@code <namespace>:v}
 * @param writtenKey the key of the number of the newest write, {@code dormwrote:<namespace>}: each lock and each unlock
 *     of rows is given one that was never used before
 */
public record Shard(String versionKey, String lockKey, String rowPrefix, String resultPrefix, String writtenKey) {

    static Shard of(String tagged) {
        return new Shard(
                Keys.version(tagged), Keys.lock(tagged), Keys.rows(tagged), Keys.results(tagged), Keys.written(tagged));
    }

    /**
     * Returns the key under which stands for which server epoch the shard was renewed.
     *
     * @return {@code dorminc:<namespace>}
     */
    public String epochKey() {
        return Keys.renewed(Keys.ofVersion(versionKey));
    }

    /**
     * Returns the key of the numbers of the last write in each {@linkplain Row#slice() slice}.
     *
     * @return {@code dormslices:<namespace>}
     */
    public String slicesKey() {
        return Keys.slices(Keys.ofVersion(versionKey));
    }

    /**
     * Returns the channel on which {@linkplain Listener listeners} are told what changes in the shard. Under a key of the same
     * name stands that somebody listens: as long as nobody does, nobody need be told.
     *
     * @return {@code dormnear:<namespace>}
     */
    public String channel() {
        return Keys.channel(Keys.ofVersion(versionKey));
    }

    /**
     * Returns the key of a query result.
     *
     * @param version the region's model version
     * @param digest the SHA-256 of the query, in hexadecimal
     * @return {@code dormqs:<region>:v<version>:<sha256>}
     */
    public String resultKey(long version, String digest) {
        return resultPrefix + version + ":" + digest;
    }
}
