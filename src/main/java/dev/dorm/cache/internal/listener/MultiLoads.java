package dev.dorm.cache.internal.listener;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.hibernate.event.MultiIdLoaders;
import dev.dorm.cache.internal.region.Announcements;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Announces the ids of a multi-load ({@code Session.findMultiple}, {@code byMultipleIds}).
 *
 * @param codecs how keys are rendered
 */
public record MultiLoads(Supplier<Codecs> codecs) implements MultiIdLoaders.Listener {

    /**
     * Lets the multi-loads of all cached entities announce their ids.
     *
     * @param factory the session factory, complete
     * @param codecs how keys are rendered
     */
    public static void announce(SessionFactoryImplementor factory, Supplier<Codecs> codecs) {
        MultiIdLoaders.tell(factory, new MultiLoads(codecs));
    }

    @Override
    public void begins(SharedSessionContractImplementor session) {
        SessionContext.of(session).beginOperation();
    }

    @Override
    public void loads(SharedSessionContractImplementor session, EntityPersister entity, Object id) {
        Announcements.announce(session, entity, id, codecs);
    }

    @Override
    public void ends(SharedSessionContractImplementor session) {
        SessionContext.of(session).endOperation();
    }
}
