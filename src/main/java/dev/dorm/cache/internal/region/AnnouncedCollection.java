package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.CollectionReferences;
import dev.dorm.cache.internal.session.SessionContext;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;

/**
 * A cached collection of entities, which announces them when it is assembled: Hibernate then asks for their rows one by
 * one ({@code PersistentCollection.initializeFromCache}).
 */
final class AnnouncedCollection extends CollectionCacheEntry {

    private static final long serialVersionUID = 1L;

    /** The constructor above asks a collection for a state, which the entry has. */
    private static final PersistentCollection<?> NONE = (PersistentCollection<?>) Proxy.newProxyInstance(
            AnnouncedCollection.class.getClassLoader(),
            new Class<?>[] {PersistentCollection.class},
            (proxy, method, arguments) -> null);

    private final transient CollectionCacheEntry entry;
    private final transient SharedSessionContractImplementor session;
    private final transient Supplier<Codecs> codecs;

    AnnouncedCollection(
            CollectionCacheEntry entry,
            CollectionPersister persister,
            SharedSessionContractImplementor session,
            Supplier<Codecs> codecs) {
        super(NONE, persister);
        this.entry = entry;
        this.session = session;
        this.codecs = codecs;
    }

    @Override
    public Serializable[] getState() {
        return entry.getState();
    }

    @Override
    public void assemble(PersistentCollection<?> collection, CollectionPersister persister, Object owner) {
        SessionContext context = SessionContext.of(session);
        context.beginOperation();
        try {
            CollectionReferences.of(persister, getState(), session)
                    .forEach(reference -> Announcements.announce(session, reference.entity(), reference.id(), codecs));
            entry.assemble(collection, persister, owner);
        } finally {
            context.endOperation();
        }
    }

    @Override
    public String toString() {
        return entry.toString();
    }
}
