package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.hibernate.session.StatelessCollections;
import dev.dorm.cache.internal.session.SessionContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.Type;

/**
 * The cached collections that Hibernate initializes with their owner ({@code FetchType.EAGER}): it asks for their rows when it has
 * the owner's, so that they come along with that. In a transaction only: without one, nothing says until when what was fetched
 * may be served.
 */
final class EagerCollections {

    private EagerCollections() {}

    /** Announces the collections of an entity whose row is read next; returns whether there are any. */
    static boolean announce(SharedSessionContractImplementor session, EntityPersister entity, Object id) {
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
                if (!role.isLazy() && role.hasCache() && role.getCacheAccessStrategy() instanceof RowAccess access) {
                    Object key = role.getCacheAccessStrategy()
                            .generateCacheKey(id, role, session.getFactory(), session.getTenantIdentifier());
                    access.rows().announce(SessionContext.of(session), RowAccess.id(key));
                    any = true;
                }
            }
        }
        return any;
    }
}
