package dev.dorm.cache.internal.column;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.internal.TenantIdGeneration;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Which rows all tenants share. Hibernate names the tenant in the key of every row, so that each would have a copy of a
 * shared one, which a change by another leaves as it was.
 *
 * <p>They are shared when the mapping tells tenants apart by a column ({@code @TenantId}), and this entity has none. Where
 * connections, schemas or credentials depend on the tenant, or no entity has a {@code @TenantId}, nobody says which rows
 * are the same.
 */
public final class SharedTenants {

    /** {@code TenantIdBinder.FILTER_NAME}, defined when an entity has a {@code @TenantId}. */
    private static final String FILTER = "_tenantId";

    /** What {@code SessionFactoryOptions} has from Hibernate 7.1 on. */
    private static final List<String> MAPPERS = List.of("getTenantSchemaMapper", "getTenantCredentialsMapper");

    /** What {@code EntityPersister} has from Hibernate 7.4 on, where a tenant may also be part of the id. */
    private static final String MAPPING = "getTenantIdMapping";

    private final boolean byColumn;

    public SharedTenants(SessionFactoryImplementor factory) {
        this.byColumn = factory.getDefinedFilterNames().contains(FILTER)
                && factory.getServiceRegistry().getService(MultiTenantConnectionProvider.class) == null
                && MAPPERS.stream()
                        .noneMatch(
                                mapper -> has(SessionFactoryOptions.class, factory.getSessionFactoryOptions(), mapper));
    }

    private static boolean has(Class<?> type, Object object, String getter) {
        try {
            return type.getMethod(getter).invoke(object) != null;
        } catch (NoSuchMethodException e) {
            return false;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether no row of an entity hierarchy belongs to a tenant. */
    public boolean share(EntityPersister root) {
        return byColumn
                && root.getSubclassEntityNames().stream()
                        .map(name -> root.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                        .noneMatch(SharedTenants::hasTenant);
    }

    private static boolean hasTenant(EntityPersister entity) {
        return has(EntityPersister.class, entity, MAPPING)
                || Arrays.stream(entity.getPropertyNames())
                        .map(entity::findAttributeMapping)
                        .anyMatch(SharedTenants::isTenant);
    }

    /** Returns whether an attribute holds the tenant. */
    public static boolean isTenant(@Nullable AttributeMapping attribute) {
        return attribute != null && attribute.getGenerator() instanceof TenantIdGeneration;
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
