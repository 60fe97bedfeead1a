package dev.dorm.cache.differential;

import jakarta.persistence.JoinColumn;

/** What Hibernate leaves to the application where it does not evict collections by itself. */
final class Duties {

    private Duties() {}

    /** An inverse collection is cached only if it is evicted when its other side changes. */
    static boolean caches(Setup setup, Attribute collection) {
        return collection.role() != Role.MANY_INVERSE || setup.evictsCollections();
    }

    /** Who removes an entity removes it from the collections that hold it in its own row. */
    static boolean allow(Setup setup, Step step) {
        return setup.evictsCollections()
                || !(step instanceof Writes.Remove remove)
                || Kind.all().stream()
                        .flatMap(kind -> kind.attributes(Role.MANY).stream())
                        .noneMatch(a -> a.field().isAnnotationPresent(JoinColumn.class)
                                && a.target() == remove.kind().type());
    }
}
