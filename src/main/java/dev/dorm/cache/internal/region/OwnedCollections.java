package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.hibernate.session.StatelessCollections;
import dev.dorm.cache.internal.row.Prefetch;
import dev.dorm.cache.internal.session.SessionContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

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
        SessionContext context = SessionContext.of(session);
        return ofEach(session, entity, id, alone, (role, access, row) -> {
            if (!access.readsInOrder()) {
                // It might have been read before its owner, and be older.
                return false;
            }
            if (!role.isLazy()) {
                access.rows().announce(context, row);
                return true;
            }
            if (access.isExpected()) {
                access.rows().expect(context, row, true);
                return true;
            }
            if (row != null && !context.prefetch().isEmpty()) {
                // What came with its owner before is older than what is read now.
                context.prefetch().drop(access.rows().namespace().row(row));
            }
            return false;
        });
    }

    /**
     * Forgets the collections that came along with an entity whose own row was a miss: it comes from the database now, and they would be
     * older than it.
     */
    static void forget(SharedSessionContractImplementor session, EntityPersister entity, Object id) {
        Prefetch prefetch = SessionContext.of(session).prefetch();
        if (entity.hasCollections() && !prefetch.isEmpty()) {
            ofEach(session, entity, id, true, (role, access, row) -> {
                if (row != null) {
                    prefetch.drop(access.rows().namespace().row(row));
                }
                return true;
            });
        }
    }

    private interface Work {
        boolean with(CollectionPersister role, RowAccess access, @Nullable String row);
    }

    private static boolean ofEach(
            SharedSessionContractImplementor session, EntityPersister entity, Object id, boolean lazy, Work work) {
        boolean any = false;
        for (Type type : entity.getPropertyTypes()) {
            if (type instanceof CollectionType collection && collection.useLHSPrimaryKey()) {
                CollectionPersister role =
                        session.getFactory().getMappingMetamodel().getCollectionDescriptor(collection.getRole());
                if ((lazy || !role.isLazy())
                        && role.hasCache()
                        && role.getCacheAccessStrategy() instanceof RowAccess access) {
                    Object key = role.getCacheAccessStrategy()
                            .generateCacheKey(id, role, session.getFactory(), session.getTenantIdentifier());
                    any |= work.with(role, access, RowAccess.id(key));
                }
            }
        }
        return any;
    }
}
