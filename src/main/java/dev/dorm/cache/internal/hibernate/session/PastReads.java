package dev.dorm.cache.internal.hibernate.session;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session reads the past, where it has no part in the cache.
 *
 * <p>Hibernate: {@code SessionBuilder.asOf} and {@code atChangeset}, the audit log, and a proxy that such a session has left
 * behind read the past. What was read so has an entity key of its own, but the cache key of what is there now. What tells
 * is {@code LoadQueryInfluencers.getTemporalIdentifier}, which earlier versions do not have.
 *
 * <p>Since: 7.4. Until: 7.4 or later.
 *
 * <p>Goes when: {@code HistoricalSessionsIT#openedByTheFactory} stays green without it, and the library needs Hibernate 7.4:
 * then it is a call.
 */
public final class PastReads {

    private static final @Nullable MethodHandle IDENTIFIER = identifier();

    private PastReads() {}

    /** Returns whether a session reads the past at this moment: it may go there and back for a single load. */
    public static boolean by(SharedSessionContractImplementor session) {
        MethodHandle identifier = IDENTIFIER;
        LoadQueryInfluencers influencers = identifier == null ? null : session.getLoadQueryInfluencers();
        if (identifier == null || influencers == null) {
            return false;
        }
        try {
            return (Object) identifier.invokeExact(influencers) != null;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable MethodHandle identifier() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            LoadQueryInfluencers.class, "getTemporalIdentifier", MethodType.methodType(Object.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }
}
