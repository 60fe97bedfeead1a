package dev.dorm.cache.internal.live;

import dev.dorm.cache.backend.Shard;

/** A backend in this process whose entries can be found again as what was made of them. */
public interface LiveStore {

    /** Returns a shard, for as long as the backend is used. */
    LiveShard live(Shard shard);
}
