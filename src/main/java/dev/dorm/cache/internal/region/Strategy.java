package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.session.SessionContext;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** What a concurrency strategy does when Hibernate says that a row is about to change, or has changed. */
enum Strategy {
    /** Rows do not change; they may be inserted and deleted. */
    READ_ONLY(AccessType.READ_ONLY) {
        @Override
        boolean afterInsert(CachedRows rows, SessionContext context, @Nullable String id, Object value) {
            return rows.putInserted(context, id, value);
        }

        @Override
        void refuseUpdate(@Nullable String id) {
            throw new UnsupportedOperationException("Can't update the read-only row " + id);
        }
    },
    /** A change is told after its completion: until then the old row is served. */
    NONSTRICT_READ_WRITE(AccessType.NONSTRICT_READ_WRITE),
    /** A row is locked before the commit that changes it. */
    READ_WRITE(AccessType.READ_WRITE) {
        @Override
        boolean mayBeStale() {
            return false;
        }

        @Override
        @Nullable
        SoftLock lock(CachedRows rows, SessionContext context, @Nullable String id) {
            return rows.writes().lock(context, id);
        }

        @Override
        void remove(CachedRows rows, SessionContext context, @Nullable String id) {
            // The lock is there already, and what is cached stays true until the commit.
        }

        @Override
        boolean unlock(
                CachedRows rows,
                SessionContext context,
                @Nullable String id,
                @Nullable SoftLock lock,
                @Nullable Object value) {
            return lock == null
                    ? super.unlock(rows, context, id, null, value)
                    : rows.writes().unlock(context, lock, value);
        }

        @Override
        boolean afterInsert(CachedRows rows, SessionContext context, @Nullable String id, Object value) {
            return rows.putInserted(context, id, value);
        }
    },
    /** As read-write, and a transaction whose locks cannot be had does not commit. */
    TRANSACTIONAL(AccessType.TRANSACTIONAL) {
        @Override
        boolean mayBeStale() {
            return false;
        }

        @Override
        @Nullable
        SoftLock lock(CachedRows rows, SessionContext context, @Nullable String id) {
            return READ_WRITE.lock(rows, context, id);
        }

        @Override
        void remove(CachedRows rows, SessionContext context, @Nullable String id) {
            READ_WRITE.remove(rows, context, id);
        }

        @Override
        boolean unlock(
                CachedRows rows,
                SessionContext context,
                @Nullable String id,
                @Nullable SoftLock lock,
                @Nullable Object value) {
            return READ_WRITE.unlock(rows, context, id, lock, value);
        }

        @Override
        boolean afterInsert(CachedRows rows, SessionContext context, @Nullable String id, Object value) {
            return READ_WRITE.afterInsert(rows, context, id, value);
        }
    };

    private final AccessType accessType;

    Strategy(AccessType accessType) {
        this.accessType = accessType;
    }

    static Strategy of(AccessType accessType) {
        for (Strategy strategy : values()) {
            if (strategy.accessType == accessType) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("Unknown access type " + accessType);
    }

    AccessType accessType() {
        return accessType;
    }

    /** Returns whether a row may be served that was gone before the transaction began. */
    boolean mayBeStale() {
        return true;
    }

    /** The row is about to change. */
    @Nullable
    SoftLock lock(CachedRows rows, SessionContext context, @Nullable String id) {
        rows.writes().hold(context, id);
        return null;
    }

    /** The row has changed, or is gone, in the database's eyes of this transaction. */
    void remove(CachedRows rows, SessionContext context, @Nullable String id) {
        rows.writes().invalidate(context, id);
    }

    /** The transaction completes; a value is what the row holds then. Returns whether it is to be cached. */
    boolean unlock(
            CachedRows rows,
            SessionContext context,
            @Nullable String id,
            @Nullable SoftLock lock,
            @Nullable Object value) {
        rows.writes().invalidate(context, id);
        return false;
    }

    /** The transaction that inserted the row has committed. Returns whether it is to be cached. */
    boolean afterInsert(CachedRows rows, SessionContext context, @Nullable String id, Object value) {
        return false;
    }

    /** Throws when the strategy does not let rows change. */
    void refuseUpdate(@Nullable String id) {
        // Most strategies do.
    }
}
