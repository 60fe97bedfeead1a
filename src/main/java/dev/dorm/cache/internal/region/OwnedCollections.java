package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.hibernate.session.StatelessCollections;
import dev.dorm.cache.internal.session.SessionContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.Type;

/**
 * The cached collections of an entity that come along with its row: those that Hibernate initializes with their owner
 * ({@code FetchType.EAGER}), and, of an entity that is read alone, the lazy ones that have mostly been read after it. In a
 * transaction only: without one, nothing says until when what was fetched may be served.
 */
final class OwnedCollections {

    private OwnedCollections() {}

    /** Announces the eager collections of an entity whose row is read next, with others; returns whether there are any. */
    static boolean announce(SharedSessionContractImplementor session, EntityPersister entity, Object id) {
        return announce(session, entity, id, false);
    }

    /** Announces the collections of an entity whose row is read next, alone; returns whether there are any. */
    static boolean announceOfOne(SharedSessionContractImplementor session, EntityPersister entity, Object id) {
        return announce(session, entity, id, true);
    }

    private static boolean announce(
            SharedSessionContractImplementor session, EntityPersister entity, Object id, boolean alone) {
        if (!entity.hasCollections()
                || !SessionContext.of(session).inTransaction()
                || StatelessCollections.areUnservable(session)
                || session.getLoadQueryInfluencers().hasEnabledFilters()) {
            return false;
        }
        boolean any = false;
        for (Type type : entity.getPropertyTypes()) {
            if (type instanceof CollectionType collection && collection.useLHSPrimaryKey()) {
                CollectionPersister role =
                        session.getFactory().getMappingMetamodel().getCollectionDescriptor(collection.getRole());
                if ((alone || !role.isLazy())
                        && role.hasCache()
                        && role.getCacheAccessStrategy() instanceof RowAccess access
                        && (!role.isLazy() || access.isExpected())) {
                    Object key = role.getCacheAccessStrategy()
                            .generateCacheKey(id, role, session.getFactory(), session.getTenantIdentifier());
                    if (role.isLazy()) {
                        access.rows().expect(SessionContext.of(session), RowAccess.id(key), true);
                    } else {
                        access.rows().announce(SessionContext.of(session), RowAccess.id(key));
                    }
                    any = true;
                }
            }
        }
        return any;
    }
}
