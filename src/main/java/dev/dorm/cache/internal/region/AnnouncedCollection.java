package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.CollectionReferences;
import dev.dorm.cache.internal.hibernate.event.WatchedCollection;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.function.Supplier;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;

/** A cached collection of entities, which announces them when it is assembled: Hibernate then asks for their rows. */
final class AnnouncedCollection extends WatchedCollection {

    private static final long serialVersionUID = 1L;

    private final transient SharedSessionContractImplementor session;
    private final transient Supplier<Codecs> codecs;

    AnnouncedCollection(
            CollectionCacheEntry entry,
            CollectionPersister persister,
            SharedSessionContractImplementor session,
            Supplier<Codecs> codecs) {
        super(entry, persister);
        this.session = session;
        this.codecs = codecs;
    }

    @Override
    public void assemble(PersistentCollection<?> collection, CollectionPersister persister, Object owner) {
        SessionContext context = SessionContext.of(session);
        context.beginOperation();
        try {
            CollectionReferences.of(persister, getState(), session)
                    .forEach(reference -> Announcements.announce(session, reference.entity(), reference.id(), codecs));
            super.assemble(collection, persister, owner);
        } finally {
            context.endOperation();
        }
    }
}
