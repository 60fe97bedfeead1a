package dev.dorm.cache.internal.region;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.hibernate.caller.NaturalIdLoads;
import dev.dorm.cache.internal.row.CachedRows;
import java.time.Duration;
import java.util.function.Supplier;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Hibernate's access to the cached resolutions of a natural id. */
public final class NaturalIdAccess extends RowAccess implements NaturalIdDataAccess {

    private static final long MAX_RESOLVED = 10_000;
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Supplier<Codecs> codecs;
    private volatile @Nullable EntityPersister root;
    private final Cache<Object, Object> resolved = Caffeine.newBuilder()
            .maximumSize(MAX_RESOLVED)
            .expireAfterWrite(FRESH)
            .executor(Runnable::run)
            .build();

    NaturalIdAccess(DomainDataRegion region, Strategy strategy, CachedRows rows, Supplier<Codecs> codecs) {
        super(region, strategy, rows);
        this.codecs = codecs;
    }

    @Override
    public Object generateCacheKey(
            Object naturalIdValues, EntityPersister rootEntityDescriptor, SharedSessionContractImplementor session) {
        root = rootEntityDescriptor;
        String tenant = session.getTenantIdentifier();
        RowKey lately = keys().known(naturalIdValues, tenant);
        return lately != null
                ? lately
                : keys().remember(
                                RowKey.of(naturalIdValues, () -> codecs.get()
                                        .ids()
                                        .naturalId(naturalIdValues, rootEntityDescriptor, tenant, session)),
                                tenant);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Whenever an entity is loaded, Hibernate asks whether its natural id is cached, only to leave it if it is
     * ({@link NaturalIdLoads}). That is answered from memory, and is no hit: at worst a put is refused, or is made later.
     */
    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        if (isApart(session)) {
            return null;
        }
        Object kept = rows().kept().get(context(session), rowId(key), id -> !isLoaded(session, id));
        if (kept != null) {
            return kept;
        }
        if (rows().missesForOutage(context(session))) {
            return null;
        }
        if (NaturalIdLoads.areAsking()) {
            return resolved.getIfPresent(key);
        }
        expectEntity(session, key);
        Object id = rows().fetch(context(session), id(key));
        if (id == null) {
            resolved.invalidate(key);
        } else {
            resolved.put(key, id);
        }
        return id;
    }

    /** A session that has the entity knows its natural id: Hibernate asks whether the cache does, too. */
    private boolean isLoaded(SharedSessionContractImplementor session, Object id) {
        EntityPersister entity = root;
        return entity != null
                && session.getPersistenceContextInternal().getEntity(session.generateEntityKey(id, entity)) != null;
    }

    /** The entity that had the natural id lately is likely to be read next: its row comes along. */
    private void expectEntity(SharedSessionContractImplementor session, Object key) {
        EntityPersister entity = root;
        Object likely = entity == null || !context(session).inTransaction() ? null : resolved.getIfPresent(key);
        if (likely != null && readsInOrder() && rows().rows().isFar()) {
            Announcements.expect(session, entity, likely, codecs);
            rows().announce(context(session), id(key));
        }
    }

    @Override
    public boolean putFromLoad(SharedSessionContractImplementor session, Object key, Object value, Object version) {
        return remember(super.putFromLoad(session, key, value, version), key, value);
    }

    /** What is to be cached is not put, and not counted, once more by the next load of its entity. */
    private boolean remember(boolean put, Object key, Object value) {
        if (put) {
            resolved.put(key, value);
        }
        return put;
    }

    @Override
    public @Nullable Object getNaturalIdValues(Object cacheKey) {
        return ((RowKey) cacheKey).original();
    }

    /** What a column rounds or pads is found under another natural id than it was written with. */
    private boolean givesBack(SharedSessionContractImplementor session, Object key) {
        EntityPersister entity = root;
        Object values = ((RowKey) key).original();
        return entity != null
                && values != null
                && codecs.get().columnsOf(entity).givesNaturalId(values, session);
    }

    @Override
    public boolean insert(SharedSessionContractImplementor session, Object key, Object value) {
        rows().writes().inserted(context(session), id(key), givesBack(session, key));
        return false;
    }

    @Override
    public boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
        return remember(
                strategy().afterInsert(rows(), context(session), isApart(session) ? null : id(key), value), key, value);
    }

    @Override
    public boolean update(SharedSessionContractImplementor session, Object key, Object value) {
        strategy().refuseUpdate(id(key));
        return false;
    }

    @Override
    public boolean afterUpdate(SharedSessionContractImplementor session, Object key, Object value, SoftLock lock) {
        strategy().refuseUpdate(id(key));
        return remember(unlock(session, key, lock, givesBack(session, key) ? value : null), key, value);
    }

    void forgetResolved() {
        resolved.invalidateAll();
    }

    @Override
    public void evict(Object key) {
        resolved.invalidate(key);
        super.evict(key);
    }

    @Override
    public void evictAll() {
        resolved.invalidateAll();
        super.evictAll();
    }
}
