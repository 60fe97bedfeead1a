package dev.dorm.cache.internal.session;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.query.Announcer;
import dev.dorm.cache.internal.query.QueryReads;
import dev.dorm.cache.internal.query.ResultEntities;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.Prefetch;
import dev.dorm.cache.internal.row.RowSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What one session reads: the last query result, and the rows that were announced. A session that shares another's
 * transaction announces with that one's. Used by one thread at a time.
 */
final class SessionReads {

    private final SharedSessionContractImplementor session;
    private final QueryReads queries = new QueryReads();
    private @Nullable Prefetch prefetch;

    SessionReads(SharedSessionContractImplementor session) {
        this.session = session;
    }

    QueryReads queries() {
        return queries;
    }

    /** Returns the rows that were announced. */
    Prefetch announced() {
        Prefetch known = prefetch;
        if (known == null) {
            known = new Prefetch();
            prefetch = known;
        }
        return known;
    }

    /** Forgets what was announced and fetched. */
    void forget() {
        prefetch = null;
    }

    /** Ends an operation that has announced rows: what nobody has asked for by now is forgotten. */
    void endOperation(RowSession own) {
        Prefetch known = own.prefetch();
        known.end();
        if (!known.isUsed() && !(own.inTransaction() && isLoading())) {
            known.forget();
        }
    }

    /** A row is about to be read: what was announced for an operation that is over is forgotten. */
    void before(Row row, RowSession own) {
        Prefetch known = own.prefetch();
        if (!known.isEmpty() && !known.isUsed() && !(own.inTransaction() && known.knows(row)) && !isLoading()) {
            known.forget();
        }
    }

    /** Hibernate asks for an entity's row which nobody has announced. */
    void asksFor(CachedRows rows, EntityIds ids, Object id, Announcer announcer, RowSession own) {
        ResultEntities result = queries.result();
        if (result == null || !own.inTransaction()) {
            // Without a transaction, nothing says when the query is over and what was fetched must not be used.
            return;
        }
        if (!isLoading()) {
            queries.close();
        } else {
            result.asked(own, rows, ids, id, announcer);
        }
    }

    /** Returns whether Hibernate is turning the result of a query, cached or not, into entities. */
    private boolean isLoading() {
        return !session.getPersistenceContextInternal().getLoadContexts().isLoadingFinished();
    }
}
