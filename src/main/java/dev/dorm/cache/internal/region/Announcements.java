package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.reach.CachedData;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Says which entities a session is about to ask for, so that their rows are fetched together. */
public final class Announcements {

    private Announcements() {}

    /** Announces an entity, unless the session holds it already or it is not cached as a row of ours. */
    public static void announce(
            SharedSessionContractImplementor session, EntityPersister entity, Object id, Supplier<Codecs> codecs) {
        if (entity.canReadFromCache()
                && !entity.canUseReferenceCacheEntries()
                && entity.getCacheAccessStrategy() instanceof CachedData access) {
            EntityIds ids = codecs.get().idsOf(entity);
            if (!ids.isLoaded(id, session)) {
                access.rows().announce(SessionContext.of(session), ids.render(id, session));
                EagerCollections.announce(session, entity, id);
            }
        }
    }
}
