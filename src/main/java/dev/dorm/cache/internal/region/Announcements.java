package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.reach.CachedData;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Says which entities a session is about to ask for, so that their rows are fetched together. */
public final class Announcements {

    private Announcements() {}

    /** Announces an entity, unless the session holds it already or it is not cached as a row of ours. */
    public static void announce(
            SharedSessionContractImplementor session, EntityPersister entity, Object id, Supplier<Codecs> codecs) {
        announce(session, entity, id, codecs, CachedRows::announce);
    }

    /** Announces an entity that is likely to be read: it waits until then, or until the transaction completes. */
    static void expect(
            SharedSessionContractImplementor session, EntityPersister entity, Object id, Supplier<Codecs> codecs) {
        announce(session, entity, id, codecs, (rows, context, row) -> rows.expect(context, row, false));
    }

    private interface Announcement {
        void of(CachedRows rows, SessionContext context, @Nullable String id);
    }

    private static void announce(
            SharedSessionContractImplementor session,
            EntityPersister entity,
            Object id,
            Supplier<Codecs> codecs,
            Announcement announcement) {
        if (entity.canReadFromCache()
                && !entity.canUseReferenceCacheEntries()
                && entity.getCacheAccessStrategy() instanceof CachedData access
                && access.rows().rows().isFar()) {
            EntityIds ids = codecs.get().idsOf(entity);
            if (!ids.isLoaded(id, session)) {
                announcement.of(access.rows(), SessionContext.of(session), ids.render(id, session));
                OwnedCollections.announce(session, entity, id);
            }
        }
    }
}
