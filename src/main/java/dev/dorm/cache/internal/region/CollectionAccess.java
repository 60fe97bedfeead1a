package dev.dorm.cache.internal.region;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.CollectionReferences;
import dev.dorm.cache.internal.hibernate.event.BatchFetches;
import dev.dorm.cache.internal.hibernate.session.StatelessCollections;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.Prefetch;
import java.util.function.Supplier;
import org.hibernate.LockMode;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** Hibernate's access to the cached rows of a collection role. A change only ever invalidates them. */
public final class CollectionAccess extends RowAccess implements CollectionDataAccess {

    private final Supplier<Codecs> codecs;
    private final Followers followers = new Followers();
    private volatile @Nullable CollectionPersister role;

    CollectionAccess(DomainDataRegion region, Strategy strategy, CachedRows rows, Supplier<Codecs> codecs) {
        super(region, strategy, rows);
        this.codecs = codecs;
    }

    @Override
    boolean isExpected() {
        return followers.owner() && rows().rows().isFar();
    }

    @Override
    public Object generateCacheKey(
            Object id,
            CollectionPersister collectionDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        role = collectionDescriptor;
        RowKey lately = keys().known(id, tenantIdentifier);
        return lately != null
                ? lately
                : keys().remember(
                                RowKey.of(id, () -> codecs.get()
                                        .ids()
                                        .collection(id, collectionDescriptor, tenantIdentifier)),
                                tenantIdentifier);
    }

    /** The owner of such a collection was inserted: what is cached of one with its id is dead. */
    public void ownerInserted(SharedSessionContractImplementor session, CollectionPersister collection, Object owner) {
        Object key = generateCacheKey(owner, collection, session.getFactory(), session.getTenantIdentifier());
        rows().writes().inserted(context(session), id(key), false);
    }

    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        if (isApart(session) || StatelessCollections.areUnservable(session)) {
            return null;
        }
        if (BatchFetches.areListed()) {
            rows().announce(context(session), id(key));
            return null;
        }
        Object kept = rows().kept().get(context(session), rowId(key));
        if (kept != null) {
            return announcing(kept, session);
        }
        if (!rows().rows().isFar()) {
            return rows().fetch(context(session), id(key));
        }
        followers.read();
        CollectionPersister collection = role;
        Object owner = ((RowKey) key).original();
        if (collection != null && owner != null) {
            checkOwner(session, collection, owner, id(key));
        }
        if (collection != null
                && owner != null
                && !rows().isAnnounced(context(session), id(key))
                && context(session).inTransaction()
                && announceOthers(session, collection, owner)) {
            rows().announce(context(session), id(key));
        }
        return announcing(rows().fetch(context(session), id(key)), session);
    }

    /** Announces what Hibernate is going to ask for after a collection that nobody has announced; returns whether it did. */
    private boolean announceOthers(
            SharedSessionContractImplementor session, CollectionPersister collection, Object owner) {
        if (collection.isLazy()) {
            return BatchFetches.listWith(session, collection, owner);
        }
        // Whatever is not initialized of an eager one is just being so.
        session.getPersistenceContextInternal()
                .forEachCollectionEntry(
                        (each, entry) -> {
                            Object other = entry.getLoadedKey();
                            if (!each.wasInitialized() && entry.getLoadedPersister() == collection && other != null) {
                                announce(session, collection, other);
                            }
                        },
                        false);
        return true;
    }

    /**
     * What came along with its owner must not be older than the owner that the session has by now, which may have been read anew:
     * whoever changes it then would undo another's change, and no version would tell.
     */
    private void checkOwner(
            SharedSessionContractImplementor session,
            CollectionPersister collection,
            Object owner,
            @Nullable String id) {
        Prefetch prefetch = context(session).prefetch();
        if (id != null && !prefetch.isEmpty()) {
            Row row = rows().namespace().row(id);
            if (prefetch.isOwned(row)) {
                PersistenceContext held = session.getPersistenceContextInternal();
                Object entity = held.getCollectionOwner(owner, collection);
                EntityEntry entry = entity == null ? null : held.getEntry(entity);
                // Who has locked the owner, or read it anew, wants what it owns as it is now.
                if (entry == null
                        || entry.getLockMode() != LockMode.NONE
                        || !prefetch.cameWith(row, entry.getVersion())) {
                    prefetch.drop(row);
                }
            }
        }
    }

    private void announce(SharedSessionContractImplementor session, CollectionPersister collection, Object owner) {
        Object key = generateCacheKey(owner, collection, session.getFactory(), session.getTenantIdentifier());
        rows().announce(context(session), id(key));
    }

    /** Returns a collection's state, which announces its entities when it is assembled. */
    private @Nullable Object announcing(@Nullable Object state, SharedSessionContractImplementor session) {
        CollectionPersister collection = role;
        return collection != null
                        && state instanceof CollectionCacheEntry entry
                        && rows().rows().isFar()
                        && CollectionReferences.possible(collection)
                ? new AnnouncedCollection(entry, collection, session, codecs)
                : state;
    }

    @Override
    public @Nullable Object getCacheKeyId(Object cacheKey) {
        return ((RowKey) cacheKey).original();
    }
}
