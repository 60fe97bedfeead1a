package dev.dorm.cache.internal.reach;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * What writes reach beyond what Hibernate tells the cache, as the mapping says: rows that the database deletes along
 * ({@code @OnDelete}), what else is mapped to the same table, and collections that lose an element to another one, in
 * whose own row it stands, or are ordered by its attributes. All by names, since the mapping is not there later.
 */
public final class MappedReach {

    private final Map<String, Reach> deletes = new LinkedHashMap<>();
    private final Map<String, Reach> writes = new LinkedHashMap<>();
    private final Map<String, Set<String>> twins = new LinkedHashMap<>();
    private final Map<String, Reach> ofCollections = new LinkedHashMap<>();
    private final Map<String, Reach> taking = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final DecidingAttributes deciding;

    /**
     * Reads it from a mapping.
     *
     * @param metadata the mapping
     */
    public MappedReach(Metadata metadata) {
        MappedTables tables = new MappedTables(metadata);
        tables.roots().forEach(root -> {
            shared(tables, root);
            // What is the same row for two entities is deleted for both.
            deletes.put(root, cascade(tables, root));
        });
        tables.collections().forEach(collection -> shared(tables, collection));
        deciding = new DecidingAttributes(metadata);
    }

    /** Returns the other entities of which a row is the same one as this entity's, under the same id. */
    public Set<String> twins(String root) {
        return twins.getOrDefault(root, Set.of());
    }

    /** Returns what any write to an entity reaches. */
    public Reach writes(String root) {
        return writes.getOrDefault(root, Reach.nothing());
    }

    /** Returns what a delete of an entity reaches besides. */
    public Reach deletes(String root) {
        return deletes.getOrDefault(root, Reach.nothing());
    }

    /** Returns what a write to a collection reaches. */
    public Reach ofCollection(String role) {
        return ofCollections.getOrDefault(role, Reach.nothing());
    }

    /**
     * Returns what a write to a collection reaches that takes elements from others: their rows hold which collection they
     * are in, and a statement that writes it does not ask which it was.
     */
    public Reach taking(String role) {
        return taking.getOrDefault(role, Reach.nothing());
    }

    /** Returns whether an entity's rows hold which cached collection they are in. */
    public boolean isTaken(String root) {
        return taken.contains(root);
    }

    /**
     * Returns what a change of some attributes reaches: collections of the entity whose order, keys or members they decide.
     *
     * @param root the entity's root
     * @param attributes the names of those that were changed; null when nobody knows
     */
    public Reach deciding(String root, @Nullable Iterable<String> attributes) {
        return deciding.of(root, attributes);
    }

    boolean isNothing() {
        return twins.isEmpty()
                && deciding.isEmpty()
                && ofCollections.isEmpty()
                && taking.isEmpty()
                && deletes.values().stream().allMatch(Reach::isNothing)
                && writes.values().stream().allMatch(Reach::isNothing);
    }

    private void shared(MappedTables tables, String root) {
        Reach reach = Reach.nothing();
        Set<String> same = new LinkedHashSet<>();
        for (Table table : tables.of(root)) {
            for (String other : tables.in(table)) {
                if (!other.equals(root)) {
                    (tables.haveOneKey(root, other) ? same : reach.entities()).add(other);
                }
            }
            tables.collections().stream()
                    .filter(collection -> collection.getCollectionTable().equals(table))
                    .filter(collection -> !tables.element(collection).equals(root))
                    .forEach(collection -> reach.collections().add(collection.getRole()));
        }
        if (!same.isEmpty()) {
            twins.put(root, same);
        }
        writes.put(root, reach);
    }

    private void shared(MappedTables tables, Collection collection) {
        Reach reach = Reach.nothing();
        if (tables.isKeptByElements(collection)) {
            tables.collections().stream()
                    .filter(other -> other != collection && MappedTables.shareKey(collection, other))
                    .forEach(other -> reach.collections().add(other.getRole()));
            if (collection.getCacheConcurrencyStrategy() != null) {
                taking.put(collection.getRole(), new Reach(Set.of(), Set.of(collection.getRole())));
                taken.add(tables.element(collection));
            }
        }
        if (tables.showsKeyOf(collection)) {
            reach.entities().add(tables.element(collection));
        } else if (tables.element(collection).isEmpty() && !collection.isInverse()) {
            reach.entities().addAll(tables.in(collection.getCollectionTable()));
            tables.collections().stream()
                    .filter(other -> other != collection)
                    .filter(other -> other.getCollectionTable().equals(collection.getCollectionTable()))
                    .filter(other -> !other.isInverse() || !collection.isOneToMany())
                    .filter(other -> !isOtherSide(other, collection))
                    .forEach(other -> reach.collections().add(other.getRole()));
        }
        if (!reach.isNothing()) {
            ofCollections.put(collection.getRole(), reach);
        }
    }

    /** The sides of a bidirectional many-to-many, which the application keeps alike, as for every cache. */
    private static boolean isOtherSide(Collection other, Collection collection) {
        return other.isInverse() != collection.isInverse();
    }

    private Reach cascade(MappedTables tables, String root) {
        Reach reach = Reach.nothing();
        Deque<Table> todo = new ArrayDeque<>(tables.of(root));
        Set<Table> gone = new LinkedHashSet<>(todo);
        while (!todo.isEmpty()) {
            for (ForeignKey key : tables.referringTo(todo.pop())) {
                OnDeleteAction action = key.getOnDeleteAction();
                if (changesRows(action) && !tables.isOfOneRow(key)) {
                    reach.add(referring(tables, root, key));
                    if (action == OnDeleteAction.CASCADE) {
                        Set<Table> more = new LinkedHashSet<>(Set.of(key.getTable()));
                        tables.in(key.getTable()).forEach(child -> more.addAll(tables.of(child)));
                        more.stream().filter(gone::add).forEach(todo::push);
                    }
                }
            }
        }
        Set<String> owners = new LinkedHashSet<>(reach.entities());
        owners.addAll(twins(root));
        for (String entity : owners) {
            tables.ownedBy(entity).forEach(collection -> reach.collections().add(collection.getRole()));
        }
        return reach;
    }

    private static boolean changesRows(OnDeleteAction action) {
        return action != null && action != OnDeleteAction.NO_ACTION && action != OnDeleteAction.RESTRICT;
    }

    /** Hibernate itself evicts the collections that the deleted entity owned. */
    private static Reach referring(MappedTables tables, String root, ForeignKey key) {
        Reach reach = Reach.nothing();
        reach.entities().addAll(tables.in(key.getTable()));
        tables.collections().stream()
                .filter(collection -> collection.getCollectionTable().equals(key.getTable()))
                .filter(collection ->
                        !MappedTables.owner(collection).equals(root) || !MappedTables.isKeyOf(collection, key))
                .forEach(collection -> reach.collections().add(collection.getRole()));
        return reach;
    }
}
