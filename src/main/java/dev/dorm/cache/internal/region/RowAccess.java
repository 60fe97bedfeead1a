package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.key.RowId;
import dev.dorm.cache.internal.reach.CachedData;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.session.SessionContext;
import jakarta.persistence.CacheStoreMode;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** What entities, collections and natural ids have in common. */
abstract class RowAccess implements CachedDomainDataAccess, CachedData {

    private final DomainDataRegion region;
    private final Strategy strategy;
    private final CachedRows rows;
    private final RowKeys keys = new RowKeys();

    RowAccess(DomainDataRegion region, Strategy strategy, CachedRows rows) {
        this.region = region;
        this.strategy = strategy;
        this.rows = rows;
    }

    @Override
    public final CachedRows rows() {
        return rows;
    }

    final Strategy strategy() {
        return strategy;
    }

    static @Nullable RowId rowId(Object key) {
        return ((RowKey) key).id();
    }

    static @Nullable String id(Object key) {
        RowId id = rowId(key);
        return id == null ? null : id.text();
    }

    final RowKeys keys() {
        return keys;
    }

    static SessionContext context(SharedSessionContractImplementor session) {
        return SessionContext.of(session);
    }

    final boolean unlock(
            SharedSessionContractImplementor session, Object key, @Nullable SoftLock lock, @Nullable Object value) {
        return strategy.unlock(rows, context(session), id(key), lock, isApart(session) ? null : value);
    }

    /** Takes note that an owner is read; returns whether what it owns here is likely to be read next, from a server. */
    boolean isExpected() {
        return false;
    }

    /** Returns whether what is read with a row is no older than that row. */
    final boolean readsInOrder() {
        return rows.store().backend().layout().readsInOrder();
    }

    /** A session can have a JDBC time zone of its own ({@code SessionBuilder.jdbcTimeZone}), and reads other values then. */
    static boolean isApart(SharedSessionContractImplementor session) {
        @Nullable TimeZone own = session.getJdbcTimeZone();
        @Nullable
        TimeZone ofAll = session.getFactory().getSessionFactoryOptions().getJdbcTimeZone();
        return own != ofAll && !Objects.equals(own, ofAll);
    }

    /** Says that a row has changed by a write which was not to it, as Hibernate sees it. */
    public final void writtenElsewhere(SharedSessionContractImplementor session, Object key) {
        SoftLock lock = strategy.lock(rows, context(session), id(key));
        if (lock == null) {
            rows.writes().invalidate(context(session), id(key));
        } else {
            rows.writes().spoil(lock);
        }
        rows.writes().written(context(session), id(key));
    }

    @Override
    public DomainDataRegion getRegion() {
        return region;
    }

    @Override
    public AccessType getAccessType() {
        return strategy.accessType();
    }

    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        return rows.get(context(session), isApart(session) ? null : id(key));
    }

    @Override
    public boolean putFromLoad(SharedSessionContractImplementor session, Object key, Object value, Object version) {
        return rows.put(context(session), isApart(session) ? null : id(key), value, isRefresh(session));
    }

    /** By the store mode, since several cache modes have it: REFRESH, and in newer versions REFRESH_SESSION. */
    static boolean isRefresh(SharedSessionContractImplementor session) {
        return session.getCacheMode().getJpaStoreMode() == CacheStoreMode.REFRESH;
    }

    @Override
    public boolean putFromLoad(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            Object version,
            boolean minimalPutOverride) {
        return putFromLoad(session, key, value, version);
    }

    @Override
    public @Nullable SoftLock lockItem(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        return strategy.lock(rows, context(session), id(key));
    }

    @Override
    public void unlockItem(SharedSessionContractImplementor session, Object key, SoftLock lock) {
        unlock(session, key, lock, null);
    }

    @Override
    public void remove(SharedSessionContractImplementor session, Object key) {
        strategy.remove(rows, context(session), id(key));
        rows.writes().written(context(session), id(key));
    }

    @Override
    public void removeAll(SharedSessionContractImplementor session) {
        // Hibernate calls lockRegion just before (BulkOperationCleanupAction), without saying for which session.
        RegionLocks.adopt(context(session));
    }

    @Override
    public boolean contains(Object key) {
        return rows.contains(id(key));
    }

    @Override
    public SoftLock lockRegion() {
        return CachedRows.lockAll(List.of(rows));
    }

    @Override
    public final void unlockRegion(SoftLock lock) {
        ((RegionLocks) lock).release();
    }

    @Override
    public void evict(Object key) {
        rows.writes().evict(id(key));
    }

    @Override
    public void evictAll() {
        rows.writes().evictAll();
    }
}
