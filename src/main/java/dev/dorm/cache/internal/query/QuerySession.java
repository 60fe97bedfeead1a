package dev.dorm.cache.internal.query;

import dev.dorm.cache.internal.row.RowSession;
import org.jspecify.annotations.Nullable;

/** What query results ask of the session that reads or writes them. Used by one thread at a time. */
public interface QuerySession extends RowSession {

    /** Returns what it has read last. */
    QueryReads queryReads();

    /** Returns whether it has changed a table, so that only the database knows what it now sees. */
    boolean isChanging(String table);

    /** Returns a query result that its transaction has for the cache, by its key; null for none. */
    byte @Nullable [] pending(String resultKey);
}
