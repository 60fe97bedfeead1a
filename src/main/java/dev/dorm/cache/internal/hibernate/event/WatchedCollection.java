package dev.dorm.cache.internal.hibernate.event;

import java.io.Serializable;
import java.lang.reflect.Proxy;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.persister.collection.CollectionPersister;

/**
 * A cached collection that notices when Hibernate makes a collection of it.
 *
 * <p>Hibernate: {@code PersistentCollection.initializeFromCache} asks for the rows of a collection's entities one by one, and
 * the cache is not told which are to come. {@code CollectionCacheEntry.assemble} is called right before; the constructor of
 * that class asks a collection for a state, which the entry has.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code PrefetchIT#aCollectionHitCostsOneMore} stays green without it.
 */
public abstract class WatchedCollection extends CollectionCacheEntry {

    private static final long serialVersionUID = 1L;

    private static final PersistentCollection<?> NONE = (PersistentCollection<?>) Proxy.newProxyInstance(
            WatchedCollection.class.getClassLoader(),
            new Class<?>[] {PersistentCollection.class},
            (proxy, method, arguments) -> null);

    private final transient CollectionCacheEntry entry;

    protected WatchedCollection(CollectionCacheEntry entry, CollectionPersister persister) {
        super(NONE, persister);
        this.entry = entry;
    }

    @Override
    public final Serializable[] getState() {
        return entry.getState();
    }

    @Override
    public void assemble(PersistentCollection<?> collection, CollectionPersister persister, Object owner) {
        entry.assemble(collection, persister, owner);
    }

    @Override
    public final String toString() {
        return entry.toString();
    }
}
