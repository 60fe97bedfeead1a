package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.hibernate.session.FilteredLoads;
import dev.dorm.cache.internal.hibernate.session.RemovedEntities;
import dev.dorm.cache.internal.hibernate.session.StatelessOneToOnes;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Rows of an entity hierarchy that are cached and true, and of which Hibernate would make something wrong. */
final class Unservable {

    private volatile @Nullable Boolean oneToOne;

    /** Returns whether a row is such a one for a session. */
    boolean has(SharedSessionContractImplementor session, @Nullable EntityPersister root, @Nullable Object id) {
        if (root == null || id == null) {
            return false;
        }
        return FilteredLoads.areBy(session, root)
                || (session instanceof StatelessSession ? hasOneToOne(root) : RemovedEntities.has(session, root, id));
    }

    private boolean hasOneToOne(EntityPersister root) {
        Boolean known = oneToOne;
        if (known == null) {
            known = StatelessOneToOnes.areIn(root);
            oneToOne = known;
        }
        return known;
    }
}
