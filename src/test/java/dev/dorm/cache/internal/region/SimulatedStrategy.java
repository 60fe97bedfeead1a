package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.session.SessionContext;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/** What a strategy does, for those who drive it without Hibernate. */
public enum SimulatedStrategy {
    NONSTRICT_READ_WRITE(Strategy.NONSTRICT_READ_WRITE),
    READ_WRITE(Strategy.READ_WRITE);

    private final Strategy real;

    SimulatedStrategy(Strategy real) {
        this.real = real;
    }

    public @Nullable SoftLock lock(CachedRows rows, SessionContext context, String id) {
        return real.lock(rows, context, id);
    }

    public void remove(CachedRows rows, SessionContext context, String id) {
        real.remove(rows, context, id);
    }

    public void unlock(
            CachedRows rows, SessionContext context, String id, @Nullable SoftLock lock, @Nullable Object value) {
        real.unlock(rows, context, id, lock, value);
    }

    public void afterInsert(CachedRows rows, SessionContext context, String id, Object value) {
        real.afterInsert(rows, context, id, value);
    }
}
