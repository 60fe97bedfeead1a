package dev.dorm.cache.differential;

import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import org.hibernate.annotations.Immutable;
import org.hibernate.cache.spi.access.AccessType;

/** What Hibernate leaves to the application where it does not evict collections by itself. */
final class Duties {

    private Duties() {}

    /**
     * An inverse collection is cached only if it is evicted when its other side changes. That of a many-to-many is not:
     * Hibernate evicts it when an entity changes, and not when its other side alone does, which the application keeps alike.
     */
    static boolean caches(Setup setup, Attribute collection) {
        return collection.role() != Role.MANY_INVERSE
                || (setup.evictsCollections() && !collection.field().isAnnotationPresent(ManyToMany.class));
    }

    /** Whether an application may do that, as the cache is set up. */
    static boolean allow(Setup setup, Step step) {
        return (setup.strategy() != AccessType.READ_ONLY || !updates(step))
                && keepsCollections(setup, step)
                && !(setup.fetchesBatches() && readsPast(step))
                && !changesImmutable(step);
    }

    /**
     * An immutable entity has no new collection: Hibernate writes one if it loaded the entity from the database, and does not
     * look for one when it came from a second-level cache ({@code DefaultFlushEntityEventListener.getValues}).
     */
    private static boolean changesImmutable(Step step) {
        return step instanceof Writes.Replace replace
                && replace.kind().root().type().isAnnotationPresent(Immutable.class);
    }

    /** Hibernate fetches nothing when a session that reads the past fetches a batch, with a cache and without. */
    private static boolean readsPast(Step step) {
        return step instanceof Sessions.PastChild
                || (step instanceof Sessions.Begin begin && begin.mode().past());
    }

    /** Whether Hibernate may tell the cache of a step as of an update of an entity. */
    private static boolean updates(Step step) {
        Kind kind = Programs.kind(step);
        if (Programs.raisesVersions(step)) {
            return true;
        } else if (step instanceof Writes.Add || step instanceof Writes.Drop) {
            return kind.versioned();
        }
        return step instanceof Writes.Set
                || step instanceof Writes.Merge
                || step instanceof Writes.MergeNew
                || step instanceof Writes.Link
                || step instanceof Writes.Replace
                || step instanceof Writes.Upsert;
    }

    /** Who removes an entity removes it from the collections that hold it in its own row. */
    private static boolean keepsCollections(Setup setup, Step step) {
        return setup.evictsCollections()
                || !(step instanceof Writes.Remove remove)
                || Kind.all().stream()
                        .flatMap(kind -> kind.attributes(Role.MANY).stream())
                        .noneMatch(a -> a.field().isAnnotationPresent(JoinColumn.class)
                                && a.target() == remove.kind().type());
    }
}
