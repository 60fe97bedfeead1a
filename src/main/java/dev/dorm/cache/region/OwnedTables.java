package dev.dorm.cache.region;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;

/**
 * The tables of an entity's own collections. A delete by HQL empties them, and Hibernate names only the entity's tables
 * ({@code BulkOperationCleanupAction}): results over a collection's table alone would be served on.
 */
final class OwnedTables {

    private static final StackWalker CALLERS = StackWalker.getInstance();
    private static final String BULK = "org.hibernate.action.internal.BulkOperationCleanupAction";

    /** {@code schedule} calls {@code ActionQueue}, which needs three calls to tell the cache. */
    private static final int NEAR = 12;

    private OwnedTables() {}

    /** Returns the tables that a write reaches which names some. */
    static List<String> with(String[] named, SessionFactoryImplementor factory) {
        return isBulk() ? ofAll(named, factory) : List.of(named);
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
