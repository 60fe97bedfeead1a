package dev.dorm.cache.region;

import dev.dorm.cache.codec.Codecs;
import dev.dorm.cache.coherence.CachedRows;
import java.util.function.Supplier;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Hibernate's access to the cached resolutions of a natural id. */
final class NaturalIdAccess extends RowAccess implements NaturalIdDataAccess {

    private final Supplier<Codecs> codecs;

    NaturalIdAccess(DomainDataRegion region, Strategy strategy, CachedRows rows, Supplier<Codecs> codecs) {
        super(region, strategy, rows);
        this.codecs = codecs;
    }

    @Override
    public Object generateCacheKey(
            Object naturalIdValues, EntityPersister rootEntityDescriptor, SharedSessionContractImplementor session) {
        return RowKey.of(naturalIdValues, () -> codecs.get()
                .ids()
                .naturalId(naturalIdValues, rootEntityDescriptor, session.getTenantIdentifier(), session));
    }

    @Override
    public @Nullable Object getNaturalIdValues(Object cacheKey) {
        return ((RowKey) cacheKey).original();
    }

    @Override
    public boolean insert(SharedSessionContractImplementor session, Object key, Object value) {
        return false;
    }

    @Override
    public boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
        return strategy().afterInsert(rows(), context(session), id(key), value);
    }

    @Override
    public boolean update(SharedSessionContractImplementor session, Object key, Object value) {
        strategy().refuseUpdate(id(key));
        return false;
    }

    @Override
    public boolean afterUpdate(SharedSessionContractImplementor session, Object key, Object value, SoftLock lock) {
        strategy().refuseUpdate(id(key));
        return unlock(session, key, lock, value);
    }
}
