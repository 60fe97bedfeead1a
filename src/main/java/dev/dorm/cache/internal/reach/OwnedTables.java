package dev.dorm.cache.internal.reach;

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
 * ({@code BulkOperationCleanupAction}): results over a collection's table alone would be served on.
 */
public final class OwnedTables {

    private static final StackWalker CALLERS = StackWalker.getInstance();
    private static final String BULK = "org.hibernate.action.internal.BulkOperationCleanupAction";

    /** {@code schedule} calls {@code ActionQueue}, which needs three calls to tell the cache. */
    private static final int NEAR = 12;

    private OwnedTables() {}

    /** Returns the tables that a write reaches which names some, and locks what else a write in bulk reaches. */
    public static List<String> with(String[] named, SharedSessionContractImplementor session, Reaches reaches) {
        if (!isBulk()) {
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

    private static boolean isBulk() {
        return CALLERS.walk(frames ->
                frames.limit(NEAR).anyMatch(frame -> frame.getClassName().equals(BULK)));
    }
}
