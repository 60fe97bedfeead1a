package dev.dorm.cache.internal.reach;

import dev.dorm.cache.internal.session.SessionContext;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are written while Hibernate tells the cache of rows only: that of a version which is incremented by force
 * ({@code OptimisticLockHelper.forceVersionIncrement}), and those of a bulk write by a stateless session
 * ({@code BulkOperationCleanupAction.schedule}). Query results over them are stale.
 */
public final class UntoldTables {

    private UntoldTables() {}

    /** Says that the row of a versioned entity is about to be written. */
    public static void lock(@Nullable EntityPersister root, SharedSessionContractImplementor session) {
        if (!(root instanceof AbstractEntityPersister entity)
                || !SessionContext.of(session).inTransaction()) {
            return;
        }
        SessionContext.of(session)
                .preInvalidate(
                        entity instanceof UnionSubclassEntityPersister
                                ? spaces(entity)
                                : Set.of(entity.getVersionedTableName()));
    }

    /** Says that all rows of an entity are about to be written. */
    public static void lockAll(EntityDataAccess access, SharedSessionContractImplementor session) {
        if (session instanceof StatelessSession) {
            SessionContext.of(session).preInvalidate(tables(access, session.getFactory()));
        }
    }

    private static List<String> tables(EntityDataAccess access, SessionFactoryImplementor factory) {
        Set<String> tables = new LinkedHashSet<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (entity.getCacheAccessStrategy() == access) {
                tables.addAll(spaces(entity));
            }
        });
        return OwnedTables.ofAll(tables.toArray(String[]::new), factory);
    }

    private static Set<String> spaces(EntityPersister entity) {
        Set<String> spaces = new LinkedHashSet<>();
        Arrays.stream(entity.getQuerySpaces()).forEach(space -> spaces.add(space.toString()));
        return spaces;
    }
}
