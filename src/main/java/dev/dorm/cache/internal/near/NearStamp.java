package dev.dorm.cache.internal.near;

/**
 * What had been told of a row when its reading was sent: what is read may be kept only if nothing was told since.
 *
 * @param shard the row's shard
 * @param generation how often all rows of the shard had been changed
 * @param changes how often the row had been changed, or one that counts together with it
 * @param epoch which listening it was
 */
public record NearStamp(NearShard shard, long generation, int changes, long epoch) {}
