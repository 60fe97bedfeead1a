package dev.dorm.cache.internal.column;

import dev.dorm.cache.internal.hibernate.mapping.TenantColumns;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;

/**
 * Which rows all tenants share. Hibernate names the tenant in the key of every row, so that each would have a copy of a
 * shared one, which a change by another leaves as it was.
 *
 * <p>They are shared when the mapping tells tenants apart by a column ({@code @TenantId}), and this entity has none. Where
 * connections, schemas or credentials depend on the tenant, or no entity has a {@code @TenantId}, nobody says which rows
 * are the same.
 */
public final class SharedTenants {

    private final boolean byColumn;

    public SharedTenants(SessionFactoryImplementor factory) {
        this.byColumn = TenantColumns.areAll(factory);
    }

    /** Returns whether no row of an entity hierarchy belongs to a tenant. */
    public boolean share(EntityPersister root) {
        return byColumn
                && root.getSubclassEntityNames().stream()
                        .map(name -> root.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                        .noneMatch(TenantColumns::areIn);
    }

    /** Returns whether no row of a collection does, nor of what it holds: each tenant sees its own elements. */
    public boolean share(CollectionPersister collection) {
        return share(root(collection.getOwnerEntityPersister()))
                && share(collection.getElementType(), collection)
                && (!collection.hasIndex() || share(collection.getIndexType(), collection));
    }

    private boolean share(Type type, CollectionPersister collection) {
        return !(type instanceof EntityType entity)
                || share(root(collection
                        .getFactory()
                        .getMappingMetamodel()
                        .getEntityDescriptor(entity.getAssociatedEntityName())));
    }

    private static EntityPersister root(EntityPersister entity) {
        return entity.getRootEntityDescriptor().getEntityPersister();
    }
}
