package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.reach.UntoldTables;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.type.EntityColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Hibernate's access to the cached rows of an entity hierarchy. */
public final class EntityAccess extends RowAccess implements EntityDataAccess {

    private static final StackWalker CALLERS = StackWalker.getInstance();

    /** Between {@link #get} and who asks stands {@code CacheHelper}, with a few frames. */
    private static final int NEAR = 8;

    private final Function<EntityDataAccess, List<CachedRows>> bulkReach;
    private final Supplier<Codecs> codecs;
    private final References references;
    private volatile @Nullable List<CachedRows> reached;
    private volatile @Nullable EntityPersister root;
    private volatile @Nullable Boolean oneToOne;

    EntityAccess(
            DomainDataRegion region,
            Function<EntityDataAccess, List<CachedRows>> bulkReach,
            Strategy strategy,
            CachedRows rows,
            Supplier<Codecs> codecs,
            References references) {
        super(region, strategy, rows);
        this.bulkReach = bulkReach;
        this.codecs = codecs;
        this.references = references;
    }

    @Override
    public Object generateCacheKey(
            Object id,
            EntityPersister rootEntityDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        root = rootEntityDescriptor.getRootEntityDescriptor().getEntityPersister();
        return RowKey.of(id, () -> codecs.get().ids().entity(id, rootEntityDescriptor, tenantIdentifier));
    }

    @Override
    public @Nullable Object getCacheKeyId(Object cacheKey) {
        return ((RowKey) cacheKey).original();
    }

    /**
     * {@inheritDoc}
     *
     * <p>An entry that may be stale must not tell Hibernate that an entity which is persisted is there already, and so
     * detached ({@code AbstractEntityPersister.isTransient}). Told of nothing, Hibernate asks the database.
     */
    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        if (isApart(session) || isUnservable(session, (RowKey) key)) {
            return null;
        }
        boolean stale = strategy().mayBeStale();
        boolean forPersist = (stale || rows().mayBeKept()) && isForPersist((RowKey) key);
        if (stale && forPersist) {
            return null;
        }
        Object reference = context(session).readsPast() ? null : references.get(key);
        if (reference != null) {
            return reference;
        }
        if (!forPersist && !BatchFetches.areListed()) {
            Object kept = rows().kept(context(session), id(key));
            if (kept != null) {
                return kept;
            }
        }
        if (rows().missesForOutage(context(session))) {
            return null;
        }
        if (BatchFetches.areListed()) {
            rows().announce(context(session), id(key));
            return null;
        }
        if (!rows().isAnnounced(context(session), id(key))) {
            announceOthers(session, (RowKey) key);
        }
        return rows().fetch(context(session), id(key));
    }

    private boolean isUnservable(SharedSessionContractImplementor session, RowKey key) {
        EntityPersister entity = root;
        Object id = key.original();
        if (entity == null || id == null) {
            return false;
        }
        return Unservable.isFiltered(session, entity)
                || (Unservable.isStateless(session) ? hasOneToOne(entity) : Unservable.isRemoved(session, entity, id));
    }

    private boolean hasOneToOne(EntityPersister entity) {
        Boolean known = oneToOne;
        if (known == null) {
            known = Unservable.hasOneToOne(entity);
            oneToOne = known;
        }
        return known;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A stateless session that changes or deletes a row does not know which natural id it had, and tells the cache of
     * none: then any resolution may be wrong.
     */
    @Override
    public @Nullable SoftLock lockItem(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        EntityPersister entity = root;
        if (Unservable.isStateless(session)
                && entity != null
                && entity.hasNaturalIdCache()
                && entity.getNaturalIdCacheAccessStrategy() instanceof NaturalIdAccess resolutions) {
            RegionLocks.askedBy(context(session), () -> CachedRows.lockAll(List.of(resolutions.rows())));
        }
        if (version != null || UntoldTables.mayIncrement(entity)) {
            UntoldTables.lock(entity, session);
        }
        return super.lockItem(session, key, version);
    }

    /** Announces the rows that Hibernate is going to ask for after one that nobody has announced. */
    private void announceOthers(SharedSessionContractImplementor session, RowKey key) {
        EntityPersister entity = root;
        Object id = key.original();
        if (entity != null && id != null) {
            if (BatchFetches.announceWith(session, entity, id)) {
                rows().announce(context(session), key.id());
            }
            context(session).asksFor(rows(), codecs.get().idsOf(entity), id);
        }
    }

    /** Only an id that does not tell by itself whether its entity is new lets Hibernate ask the cache. */
    private boolean isForPersist(RowKey key) {
        EntityPersister entity = root;
        Object id = key.original();
        if (entity != null && id != null) {
            if (TransientChecks.isWatched(entity)) {
                return TransientChecks.isAsked(id);
            }
            if (entity.getIdentifierMapping().getUnsavedStrategy().isUnsaved(id) != null) {
                return false;
            }
        }
        return CALLERS.walk(frames -> frames.limit(NEAR)
                .anyMatch(frame -> frame.getMethodName().equals("isTransient")
                        && frame.getClassName().endsWith("EntityPersister")));
    }

    @Override
    public boolean putFromLoad(SharedSessionContractImplementor session, Object key, Object value, Object version) {
        if (References.isReference(value)) {
            return !context(session).readsPast() && references.put(key, value);
        }
        return version == null
                ? super.putFromLoad(session, key, value, null)
                : rows().put(
                                context(session),
                                isApart(session) ? null : id(key),
                                value,
                                isRefresh(session),
                                () -> isLatest(session, key, version));
    }

    /** Takes note of an insert: what is cached under its id is of one that is gone. */
    public void inserted(SharedSessionContractImplementor session, PostInsertEvent event) {
        EntityPersister entity = event.getPersister();
        Object id = event.getId();
        Object key = generateCacheKey(id, entity, session.getFactory(), session.getTenantIdentifier());
        references.remove(key);
        boolean proven = codecs.get().columnsOf(entity).givesInserted(id, event.getState(), session);
        rows().inserted(context(session), id(key), proven);
    }

    /** Takes note of an update: what it wrote tells whether the state that it leaves may be cached. */
    public void wrote(SharedSessionContractImplementor session, PostUpdateEvent event) {
        EntityPersister entity = event.getPersister();
        Object key = generateCacheKey(event.getId(), entity, session.getFactory(), session.getTenantIdentifier());
        EntityColumns columns = codecs.get().columnsOf(entity);
        rows().wrote(context(session), id(key), new EntityWritten(event, columns, session));
    }

    /** Returns whether an entity still has the version that a cache is told of: it may have been raised since. */
    private boolean isLatest(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        EntityPersister entity = root;
        Object id = ((RowKey) key).original();
        if (version == null || entity == null || id == null) {
            return true;
        }
        PersistenceContext context = session.getPersistenceContextInternal();
        Object instance = context.getEntity(session.generateEntityKey(id, entity));
        EntityEntry entry = instance == null ? null : context.getEntry(instance);
        return entry == null || entry.getVersion() == null || Objects.deepEquals(entry.getVersion(), version);
    }

    @Override
    public boolean insert(SharedSessionContractImplementor session, Object key, Object value, Object version) {
        return false;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Hibernate has no value when the session's cache mode let nothing be put as the row was inserted, and does now
     * ({@code EntityInsertAction}).
     */
    @Override
    public boolean afterInsert(
            SharedSessionContractImplementor session, Object key, @Nullable Object value, Object version) {
        if (value == null) {
            return false;
        }
        return References.isReference(value)
                ? references.put(key, value)
                : isLatest(session, key, version)
                        && strategy().afterInsert(rows(), context(session), isApart(session) ? null : id(key), value);
    }

    @Override
    public boolean update(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            Object currentVersion,
            Object previousVersion) {
        strategy().refuseUpdate(id(key));
        return false;
    }

    @Override
    public boolean afterUpdate(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            Object currentVersion,
            Object previousVersion,
            SoftLock lock) {
        strategy().refuseUpdate(id(key));
        return unlock(session, key, lock, isLatest(session, key, currentVersion) ? value : null);
    }

    @Override
    public void removeAll(SharedSessionContractImplementor session) {
        UntoldTables.lockAll(this, session);
        super.removeAll(session);
    }

    @Override
    public void remove(SharedSessionContractImplementor session, Object key) {
        references.remove(key);
        super.remove(session, key);
    }

    @Override
    public boolean contains(Object key) {
        return references.get(key) != null || super.contains(key);
    }

    @Override
    public SoftLock lockRegion() {
        references.clear();
        List<CachedRows> all = new ArrayList<>(reached());
        all.add(0, rows());
        return CachedRows.lockAll(all);
    }

    /**
     * Returns what a bulk write reaches besides: the collections that the entities own, which a bulk delete takes along
     * ({@code BulkOperationCleanupAction} names only those that the entity is an element of), so that whoever is inserted
     * later under the same id would be given those of the deleted one; and what the mapping says. Asks when all regions
     * are there, and then no more.
     */
    private List<CachedRows> reached() {
        List<CachedRows> known = reached;
        if (known == null) {
            known = bulkReach.apply(this);
            reached = known;
        }
        return known;
    }

    void forgetReferences() {
        references.clear();
    }

    @Override
    public void evict(Object key) {
        references.remove(key);
        super.evict(key);
    }

    @Override
    public void evictAll() {
        references.clear();
        super.evictAll();
    }
}
