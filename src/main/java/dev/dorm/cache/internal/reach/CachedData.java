package dev.dorm.cache.internal.reach;

import dev.dorm.cache.internal.row.CachedRows;

/** What Hibernate asks for cached entities, collections or natural ids, and keeps them as rows of ours. */
public interface CachedData {

    /** Returns the rows. */
    CachedRows rows();
}
