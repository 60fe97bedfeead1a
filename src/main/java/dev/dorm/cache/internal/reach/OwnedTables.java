package dev.dorm.cache.internal.reach;

import dev.dorm.cache.internal.hibernate.caller.BulkCleanup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The tables of an entity's own collections. A delete by HQL empties them, and Hibernate names only the entity's tables
 * ({@link BulkCleanup}): results over a collection's table alone would be served on.
 */
public final class OwnedTables {

    private OwnedTables() {}

    /** Returns the tables that a write reaches which names some, and locks what else a write in bulk reaches. */
    public static List<String> with(String[] named, SharedSessionContractImplementor session, Reaches reaches) {
        if (!BulkCleanup.isAsking()) {
            return List.of(named);
        }
        Set<String> tables = new LinkedHashSet<>(ofAll(named, session.getFactory()));
        tables.addAll(reaches.lockBulk(named, session));
        return List.copyOf(tables);
    }

    /** Returns the tables that a bulk write reaches which names some. */
    static List<String> ofAll(String[] named, SessionFactoryImplementor factory) {
        Set<String> tables = new LinkedHashSet<>(Arrays.asList(named));
        factory.getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            if (!collection.isOneToMany() && isOwnedBy(named, collection)) {
                Arrays.stream(collection.getCollectionSpaces()).forEach(space -> tables.add(space.toString()));
            }
        });
        return List.copyOf(tables);
    }

    /** Returns the roles of an entity hierarchy's collections. */
    public static List<String> rolesOf(EntityPersister root, SessionFactoryImplementor factory) {
        List<String> roles = new ArrayList<>();
        factory.getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            if (collection.getOwnerEntityPersister().getRootEntityDescriptor().getEntityPersister() == root) {
                roles.add(collection.getRole());
            }
        });
        return roles;
    }

    private static boolean isOwnedBy(String[] named, CollectionPersister collection) {
        List<String> tables = Arrays.asList(named);
        return Arrays.stream(collection.getOwnerEntityPersister().getQuerySpaces())
                .anyMatch(space -> tables.contains(space.toString()));
    }
}
