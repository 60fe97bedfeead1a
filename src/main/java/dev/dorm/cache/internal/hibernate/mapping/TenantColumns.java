package dev.dorm.cache.internal.hibernate.mapping;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Filter;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.internal.TenantIdGeneration;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Whether the mapping tells tenants apart by a column ({@code @TenantId}), and which entities have it.
 *
 * <p>Hibernate: nothing says so but the filter that {@code TenantIdBinder} defines and the generator of the attribute, and
 * each version adds ways to have tenants: {@code SessionFactoryOptions.getTenantSchemaMapper} and {@code
 * getTenantCredentialsMapper} came with 7.1, {@code EntityPersister.getTenantIdMapping} with 7.4, where a tenant may also be
 * part of the id.
 *
 * <p>Since: 6.6 or earlier. Until: 7.4 or later.
 *
 * <p>Goes when: {@code SharedByTenantsIT#aChangeByOneTenantIsSeenByTheOthers} stays green without it, and the library needs
 * Hibernate 7.4: then {@code getTenantIdMapping} is a call.
 */
public final class TenantColumns {

    /** {@code TenantIdBinder.FILTER_NAME}, defined when an entity has a {@code @TenantId}. */
    private static final String FILTER = "_tenantId";

    private static final List<String> MAPPERS = List.of("getTenantSchemaMapper", "getTenantCredentialsMapper");
    private static final String MAPPING = "getTenantIdMapping";

    private TenantColumns() {}

    /** Returns whether nothing but columns tells tenants apart: no connections, schemas or credentials. */
    public static boolean areAll(SessionFactoryImplementor factory) {
        return factory.getDefinedFilterNames().contains(FILTER)
                && factory.getServiceRegistry().getService(MultiTenantConnectionProvider.class) == null
                && MAPPERS.stream()
                        .noneMatch(
                                mapper -> has(SessionFactoryOptions.class, factory.getSessionFactoryOptions(), mapper));
    }

    /** Returns whether an entity's rows belong to tenants. */
    public static boolean areIn(EntityPersister entity) {
        return has(EntityPersister.class, entity, MAPPING)
                || Arrays.stream(entity.getPropertyNames())
                        .map(entity::findAttributeMapping)
                        .anyMatch(TenantColumns::isTenant);
    }

    /** Returns whether an attribute holds the tenant. */
    public static boolean isTenant(@Nullable AttributeMapping attribute) {
        return attribute != null && attribute.getGenerator() instanceof TenantIdGeneration;
    }

    /** Returns whether a filter is the one that leaves out the rows of other tenants. */
    public static boolean isFilteredBy(Filter filter) {
        return filter.getName().equals(FILTER);
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
}
