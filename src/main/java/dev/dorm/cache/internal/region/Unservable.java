package dev.dorm.cache.internal.region;

import java.util.Arrays;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CompositeType;
import org.hibernate.type.OneToOneType;
import org.hibernate.type.Type;

/** Rows that are cached and true, and of which Hibernate would make something wrong. */
final class Unservable {

    /** {@code TenantIdBinder.FILTER_NAME}. */
    private static final String OF_TENANT = "_tenantId";

    private static final boolean BEFORE_7_4 =
            org.hibernate.Version.getVersionString().matches("(6|7\\.[0-3])\\..*");

    private Unservable() {}

    /**
     * Returns whether a session has removed the entity of a row, and not flushed that yet. Hibernate asks for it only when
     * another instance is persisted under its id ({@code AbstractEntityPersister.isTransient}), and would take that for one
     * which is there already.
     */
    static boolean isRemoved(SharedSessionContractImplementor session, EntityPersister root, Object id) {
        if (!(session instanceof EventSource source) || !source.getActionQueue().hasAnyQueuedActions()) {
            return false;
        }
        EntityKey key = source.generateEntityKey(id, root);
        PersistenceContext context = source.getPersistenceContextInternal();
        Object instance = context.getEntity(key);
        EntityEntry entry = instance == null ? null : context.getEntry(instance);
        return entry != null && entry.getStatus() == Status.DELETED;
    }

    /**
     * Returns whether a session has enabled a filter that hides rows also from loads by id
     * ({@code @FilterDef(applyToLoadByKey = true)}): only the database applies it, and a row that is cached tells nothing of it.
     * The filter of {@code @TenantId} is such a one, too, but the row's key names the tenant.
     */
    static boolean isFiltered(SharedSessionContractImplementor session, EntityPersister root) {
        LoadQueryInfluencers influencers = session.getLoadQueryInfluencers();
        return influencers.hasEnabledFilters()
                && influencers.getEnabledFilters().values().stream()
                        .anyMatch(filter -> filter.isAppliedToLoadByKey()
                                && !filter.getName().equals(OF_TENANT))
                && root.getSubclassEntityNames().stream()
                        .map(name -> root.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                        .anyMatch(entity -> entity.isAffectedByEnabledFilters(influencers, true));
    }

    /**
     * Returns whether an entity refers to another by its own id, which a stateless session cannot tell when it assembles a
     * row ({@code OneToOneType.assemble}, {@code getContextEntityIdentifier}): the reference would be null.
     */
    static boolean hasOneToOne(EntityPersister root) {
        return root.getSubclassEntityNames().stream()
                .map(name -> root.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                .anyMatch(entity -> Arrays.stream(entity.getPropertyTypes()).anyMatch(Unservable::isOneToOne));
    }

    private static boolean isOneToOne(Type type) {
        return type instanceof OneToOneType
                || (type instanceof CompositeType composite
                        && Arrays.stream(composite.getSubtypes()).anyMatch(Unservable::isOneToOne));
    }

    /**
     * Returns whether a session cannot be served collections: a stateless one before Hibernate 7.4, where a collection that it
     * fetches has no session, which those of entities need ({@code PersistentSet.initializeFromCache}).
     */
    static boolean areCollections(SharedSessionContractImplementor session) {
        return BEFORE_7_4 && isStateless(session);
    }

    static boolean isStateless(SharedSessionContractImplementor session) {
        return session instanceof StatelessSession;
    }
}
