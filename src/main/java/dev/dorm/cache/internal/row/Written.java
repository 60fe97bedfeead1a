package dev.dorm.cache.internal.row;

/** What an UPDATE made of a row, as far as the mapping and the values tell. */
public interface Written {

    /**
     * Returns whether the state behind it is what the database holds, whatever stood there before: every cached column
     * was written, with a value that the column gives back.
     *
     * @return false when another writer's value may have stayed in a column
     */
    boolean whole();

    /**
     * Returns whether the state behind it is what the database holds, if the state before it was.
     *
     * @return false when a column may hold something else than what was written
     */
    boolean exact();

    /**
     * Returns the state before it.
     *
     * @return the array that Hibernate holds as an entity's loaded state; null when it is not known
     */
    Object @org.jspecify.annotations.Nullable [] before();

    /**
     * Returns the state behind it.
     *
     * @return the array that Hibernate holds as the entity's loaded state from then on
     */
    Object[] after();

    /**
     * Returns whether the state before it is that of an entry.
     *
     * @param entry what Hibernate was given of the entry
     * @return true when each attribute is the same
     */
    boolean beganWith(Object entry);
}
