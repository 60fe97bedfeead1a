package dev.dorm.cache.region;

import dev.dorm.cache.codec.Codecs;
import dev.dorm.cache.coherence.CachedRows;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Hibernate's access to the cached rows of an entity hierarchy. */
final class EntityAccess extends RowAccess implements EntityDataAccess {

    private static final StackWalker CALLERS = StackWalker.getInstance();

    /** Between {@link #get} and who asks stands {@code CacheHelper}, with a few frames. */
    private static final int NEAR = 8;

    private final RowRegion region;
    private final Supplier<Codecs> codecs;
    private final References references;
    private volatile @Nullable List<CachedRows> collections;
    private volatile @Nullable EntityPersister root;

    EntityAccess(RowRegion region, Strategy strategy, CachedRows rows, Supplier<Codecs> codecs, References references) {
        super(region, strategy, rows);
        this.region = region;
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
        return References.isReference(value)
                ? !context(session).readsPast() && references.put(key, value)
                : super.putFromLoad(session, key, value, version);
    }

    @Override
    public boolean insert(SharedSessionContractImplementor session, Object key, Object value, Object version) {
        return false;
    }

    @Override
    public boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value, Object version) {
        return References.isReference(value)
                ? references.put(key, value)
                : strategy().afterInsert(rows(), context(session), id(key), value);
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
        return unlock(session, key, lock, value);
    }

    @Override
    public @Nullable SoftLock lockItem(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        if (version != null) {
            UntoldTables.lock(root, session);
        }
        return super.lockItem(session, key, version);
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
        return OwnerLock.ask(rows(), collections());
    }

    @Override
    public void unlockRegion(SoftLock lock) {
        ((OwnerLock) lock).release();
    }

    /** Asks when all regions are there, and then no more. */
    private List<CachedRows> collections() {
        List<CachedRows> known = collections;
        if (known == null) {
            known = region.collectionsOf(this);
            collections = known;
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
