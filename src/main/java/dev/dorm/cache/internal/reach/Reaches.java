package dev.dorm.cache.internal.reach;

import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.session.SessionContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.spi.MappingMetamodelImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Treats what writes reach beyond what Hibernate tells the cache as written in bulk: its rows, collections, natural ids,
 * and the results over its tables. Thread-safe.
 */
public final class Reaches {

    private final Map<Reach, Reached> known = new ConcurrentHashMap<>();
    private volatile @Nullable MappedReach mapped;

    /** The same as a {@link Reach}, in terms of the cache. */
    private record Reached(List<CachedRows> rows, List<String> tables) {}

    /** Creates it without a mapping: nothing is reached. */
    public Reaches() {}

    /**
     * Takes what the mapping says.
     *
     * @param reach what it says
     */
    public void read(MappedReach reach) {
        mapped = reach.isNothing() ? null : reach;
    }

    @Nullable
    public MappedReach mapped() {
        return mapped;
    }

    /** Locks what a session's write reaches, until it completes. */
    public void lock(SharedSessionContractImplementor session, Reach reach) {
        if (reach.isNothing()) {
            return;
        }
        Reached reached = reached(reach, session.getFactory());
        SessionContext context = SessionContext.of(session);
        RegionLocks.askedBy(context, () -> CachedRows.lockAll(reached.rows));
        if (session.getFactory().getSessionFactoryOptions().isQueryCacheEnabled() && !reached.tables.isEmpty()) {
            context.preInvalidate(reached.tables);
            if (!context.inTransaction()) {
                context.invalidate(reached.tables);
            }
        }
        context.writtenInBulk();
    }

    /** Locks all resolutions of a natural id, some of which may lead elsewhere after a session's write. */
    public void lock(SharedSessionContractImplementor session, CachedRows resolutions) {
        SessionContext context = SessionContext.of(session);
        RegionLocks.askedBy(context, () -> CachedRows.lockAll(List.of(resolutions)));
        context.writtenInBulk();
    }

    /** Returns the rows that a write in bulk to an entity reaches, which may be a delete. */
    public List<CachedRows> ofBulkWrite(EntityPersister root, SessionFactoryImplementor factory) {
        MappedReach reach = mapped;
        return reach == null ? List.of() : reached(bulk(reach, root.getEntityName()), factory).rows;
    }

    /** Locks what a write in bulk to some tables reaches, and returns the tables that it reaches. */
    List<String> lockBulk(String[] named, SharedSessionContractImplementor session) {
        MappedReach reach = mapped;
        if (reach == null) {
            return List.of();
        }
        SessionFactoryImplementor factory = session.getFactory();
        Reach all = Reach.nothing();
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (!Collections.disjoint(Arrays.asList(entity.getQuerySpaces()), Arrays.asList(named))) {
                all.add(bulk(
                        reach,
                        entity.getRootEntityDescriptor().getEntityPersister().getEntityName()));
            }
        });
        Reached reached = reached(all, factory);
        RegionLocks.askedBy(SessionContext.of(session), () -> CachedRows.lockAll(reached.rows));
        return reached.tables;
    }

    private static Reach bulk(MappedReach reach, String root) {
        Reach all = Reach.nothing();
        all.add(reach.writes(root));
        all.add(reach.deletes(root));
        all.entities().addAll(reach.twins(root));
        return all;
    }

    private Reached reached(Reach reach, SessionFactoryImplementor factory) {
        Reached before = known.get(reach);
        return before != null ? before : known.computeIfAbsent(reach, r -> resolve(r, factory));
    }

    private static Reached resolve(Reach reach, SessionFactoryImplementor factory) {
        MappingMetamodelImplementor mapping = factory.getMappingMetamodel();
        List<CachedRows> rows = new ArrayList<>();
        Set<String> tables = new LinkedHashSet<>();
        for (String name : reach.entities()) {
            EntityPersister entity = mapping.getEntityDescriptor(name);
            add(rows, entity.getCacheAccessStrategy());
            add(rows, entity.hasNaturalIdCache() ? entity.getNaturalIdCacheAccessStrategy() : null);
            Arrays.stream(entity.getQuerySpaces()).forEach(space -> tables.add(space.toString()));
        }
        for (String role : reach.collections()) {
            CollectionPersister collection = mapping.getCollectionDescriptor(role);
            add(rows, collection.hasCache() ? collection.getCacheAccessStrategy() : null);
            Arrays.stream(collection.getCollectionSpaces()).forEach(space -> tables.add(space.toString()));
        }
        return new Reached(List.copyOf(rows), List.copyOf(tables));
    }

    private static void add(List<CachedRows> rows, @Nullable CachedDomainDataAccess access) {
        if (access instanceof CachedData known) {
            rows.add(known.rows());
        }
    }
}
