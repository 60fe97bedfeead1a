package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.hibernate.event.EventSessions;
import dev.dorm.cache.internal.region.EntityAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.persister.entity.EntityPersister;

/** Learns that the database has no row for an id, of which Hibernate tells no cache: who waits for its load goes on. */
public final class NothingFound implements LoadEventListener {

    private static final long serialVersionUID = 1L;

    private NothingFound() {}

    /**
     * Listens from now on.
     *
     * @param factory the session factory, complete
     */
    public static void listen(SessionFactoryImplementor factory) {
        factory.getServiceRegistry()
                .requireService(EventListenerRegistry.class)
                .appendListeners(EventType.LOAD, new NothingFound());
    }

    @Override
    public void onLoad(LoadEvent event, LoadType loadType) {
        if (event.getResult() != null) {
            return;
        }
        SharedSessionContractImplementor session = EventSessions.of(event);
        if (session != null) {
            EntityPersister entity =
                    session.getFactory().getMappingMetamodel().getEntityDescriptor(event.getEntityClassName());
            if (entity.getCacheAccessStrategy() instanceof EntityAccess access) {
                access.foundNothing(session, entity, event.getEntityId());
            }
        }
    }
}
