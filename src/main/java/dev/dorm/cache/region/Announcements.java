package dev.dorm.cache.region;

import dev.dorm.cache.codec.Codecs;
import dev.dorm.cache.codec.EntityIds;
import dev.dorm.cache.coherence.SessionContext;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Says which entities a session is about to ask for, so that their rows are fetched together. */
final class Announcements {

    private Announcements() {}

    /** Announces an entity, unless the session holds it already or it is not cached as a row of ours. */
    static void announce(
            SharedSessionContractImplementor session, EntityPersister entity, Object id, Supplier<Codecs> codecs) {
        if (entity.canReadFromCache()
                && !entity.canUseReferenceCacheEntries()
                && entity.getCacheAccessStrategy() instanceof EntityAccess access) {
            EntityIds ids = codecs.get().idsOf(entity);
            if (!ids.isLoaded(id, session)) {
                access.rows().announce(SessionContext.of(session), ids.render(id, session));
            }
        }
    }
}
