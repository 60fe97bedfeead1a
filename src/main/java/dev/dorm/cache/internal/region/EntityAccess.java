package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.hibernate.caller.TransientChecks;
import dev.dorm.cache.internal.hibernate.event.BatchFetches;
import dev.dorm.cache.internal.hibernate.session.ForcedIncrements;
import dev.dorm.cache.internal.hibernate.session.StatelessNaturalIds;
import dev.dorm.cache.internal.loading.OpenLoads;
import dev.dorm.cache.internal.reach.UntoldTables;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.type.EntityColumns;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Hibernate's access to the cached rows of an entity hierarchy. */
public final class EntityAccess extends RowAccess implements EntityDataAccess {

    private final BulkReach bulkReach;
    private final Supplier<Codecs> codecs;
    private final References references;
    private final Unservable unservable = new Unservable();
    private volatile @Nullable EntityPersister root;

    EntityAccess(
            DomainDataRegion region,
            Function<EntityDataAccess, List<CachedRows>> bulkReach,
            Strategy strategy,
            CachedRows rows,
            Supplier<Codecs> codecs,
            References references) {
        super(region, strategy, rows);
        this.bulkReach = new BulkReach(bulkReach);
        this.codecs = codecs;
        this.references = references;
    }

    @Override
    public Object generateCacheKey(
            Object id,
            EntityPersister rootEntityDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        EntityPersister known = rootEntityDescriptor.getRootEntityDescriptor().getEntityPersister();
        if (root != known) {
            root = known;
        }
        RowKey lately = keys().known(id, tenantIdentifier);
        return lately != null ? lately : rendered(id, rootEntityDescriptor, tenantIdentifier);
    }

    private RowKey rendered(Object id, EntityPersister entity, @Nullable String tenant) {
        return keys().remember(RowKey.of(id, () -> codecs.get().ids().entity(id, entity, tenant)), tenant);
    }

    @Override
    public @Nullable Object getCacheKeyId(Object cacheKey) {
        return ((RowKey) cacheKey).original();
    }

    /**
     * {@inheritDoc}
     *
     * <p>An entry that may be stale must not tell Hibernate that an entity which is persisted is there already ({@link
     * TransientChecks}).
     */
    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        if (isApart(session) || unservable.has(session, root, ((RowKey) key).original())) {
            return null;
        }
        boolean stale = strategy().mayBeStale();
        boolean forPersist =
                (stale || rows().kept().mayBeOld()) && TransientChecks.areAsking(root, ((RowKey) key).original());
        if (stale && forPersist) {
            return null;
        }
        Object reference = context(session).readsPast() ? null : references.get(key);
        if (reference != null) {
            return reference;
        }
        if (!forPersist && !BatchFetches.areListed()) {
            Object kept = rows().kept().get(context(session), rowId(key));
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
        if (rows().rows().isFar() && !rows().isAnnounced(context(session), id(key))) {
            announceOthers(session, (RowKey) key);
        }
        Object value = rows().fetch(context(session), id(key));
        Object version = value instanceof CacheEntry entry ? entry.getVersion() : null;
        context(session).prefetch().ownerRead(value instanceof CacheEntry, version);
        EntityPersister entity = root;
        Object id = ((RowKey) key).original();
        if (value == null && entity != null && id != null) {
            OwnedCollections.forget(session, entity, id);
        }
        return value;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A stateless session may make any resolution of a natural id wrong ({@link StatelessNaturalIds}).
     */
    @Override
    public @Nullable SoftLock lockItem(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        EntityPersister entity = root;
        if (StatelessNaturalIds.untold(session, entity) instanceof NaturalIdAccess resolutions) {
            RegionLocks.askedBy(context(session), () -> CachedRows.lockAll(List.of(resolutions.rows())));
        }
        if (version != null || ForcedIncrements.mayGoUntold(entity)) {
            UntoldTables.lock(entity, session);
        }
        return super.lockItem(session, key, version);
    }

    /** Announces the rows that Hibernate is going to ask for after one that nobody has announced. */
    private void announceOthers(SharedSessionContractImplementor session, RowKey key) {
        EntityPersister entity = root;
        Object id = key.original();
        if (entity != null && id != null) {
            boolean batch = context(session).inTransaction() && BatchFetches.listWith(session, entity, id);
            if (OwnedCollections.announceOfOne(session, entity, id) || batch) {
                rows().announce(context(session), id(key));
            }
            context(session)
                    .asksFor(
                            rows(),
                            codecs.get().idsOf(entity),
                            id,
                            (reading, other) -> OwnedCollections.announce(reading, entity, other));
        }
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

    /** Takes note that the database has no row for an id that was missed. */
    public void foundNothing(SharedSessionContractImplementor session, EntityPersister entity, Object id) {
        OpenLoads loads = context(session).loads();
        if (!loads.isEmpty()) {
            Object key = generateCacheKey(id, entity, session.getFactory(), session.getTenantIdentifier());
            String rendered = id(key);
            loads.end(rendered == null ? null : rows().namespace().row(rendered));
        }
    }

    /** Takes note of an insert: what is cached under its id is of one that is gone. */
    public void inserted(SharedSessionContractImplementor session, PostInsertEvent event) {
        EntityPersister entity = event.getPersister();
        Object id = event.getId();
        Object key = generateCacheKey(id, entity, session.getFactory(), session.getTenantIdentifier());
        references.remove(key);
        boolean proven = codecs.get().columnsOf(entity).givesInserted(id, event.getState(), session);
        rows().writes().inserted(context(session), id(key), proven);
    }

    /** Takes note of an update: what it wrote tells whether the state that it leaves may be cached. */
    public void wrote(SharedSessionContractImplementor session, PostUpdateEvent event) {
        EntityPersister entity = event.getPersister();
        Object key = generateCacheKey(event.getId(), entity, session.getFactory(), session.getTenantIdentifier());
        EntityColumns columns = codecs.get().columnsOf(entity);
        rows().writes().wrote(context(session), id(key), new EntityWritten(event, columns, session));
    }

    private boolean isLatest(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        return LatestVersion.is(session, root, ((RowKey) key).original(), version);
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
        return CachedRows.lockAll(bulkReach.of(this, rows()));
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
