package dev.dorm.cache.internal.reach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.RootClass;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.Value;

/** Which tables the entities and collections of a mapping are kept in, and which rows refer to which. */
final class MappedTables {

    private final Map<String, RootClass> roots = new LinkedHashMap<>();
    private final Map<String, Set<Table>> tables = new LinkedHashMap<>();
    private final List<Collection> collections;
    private final Map<Table, List<ForeignKey>> referring = new LinkedHashMap<>();
    private final Metadata metadata;

    MappedTables(Metadata metadata) {
        this.metadata = metadata;
        for (PersistentClass entity : metadata.getEntityBindings()) {
            String root = entity.getRootClass().getEntityName();
            roots.put(root, entity.getRootClass());
            Set<Table> own = tables.computeIfAbsent(root, r -> new LinkedHashSet<>());
            own.add(entity.getTable());
            entity.getJoins().stream().map(Join::getTable).forEach(own::add);
        }
        this.collections = List.copyOf(metadata.getCollectionBindings());
        for (Table table : metadata.collectTableMappings()) {
            for (ForeignKey key : table.getForeignKeys().values()) {
                if (key.getReferencedTable() != null) {
                    referring
                            .computeIfAbsent(key.getReferencedTable(), t -> new ArrayList<>())
                            .add(key);
                }
            }
        }
    }

    Set<String> roots() {
        return roots.keySet();
    }

    Set<Table> of(String root) {
        return tables.getOrDefault(root, Set.of());
    }

    /** Returns the entities that are kept in a table, by their roots. */
    Set<String> in(Table table) {
        Set<String> kept = new LinkedHashSet<>();
        tables.forEach((root, own) -> {
            if (own.contains(table)) {
                kept.add(root);
            }
        });
        return kept;
    }

    List<Collection> collections() {
        return collections;
    }

    List<Collection> ownedBy(String root) {
        return collections.stream().filter(c -> owner(c).equals(root)).toList();
    }

    static String owner(Collection collection) {
        return collection.getOwner().getRootClass().getEntityName();
    }

    /** Returns the root of the entities that stand in a table of theirs as a collection's elements, or an empty name. */
    String element(Collection collection) {
        return collection.getElement() instanceof OneToMany many
                ? metadata.getEntityBinding(many.getReferencedEntityName())
                        .getRootClass()
                        .getEntityName()
                : "";
    }

    /** Returns whether a collection is kept in its elements' own rows, which hold whose it is, and writes that itself. */
    boolean isKeptByElements(Collection collection) {
        return !element(collection).isEmpty() && !collection.isInverse();
    }

    /** Returns whether two collections are told from others by a column that is the same for both. */
    static boolean shareKey(Collection one, Collection other) {
        return one.getCollectionTable().equals(other.getCollectionTable())
                && !Collections.disjoint(columns(one.getKey()), columns(other.getKey()));
    }

    /** Returns the columns of a value; {@code Value.getColumns} throws when there is a formula among them. */
    static List<Column> columns(Value value) {
        return value.getSelectables().stream()
                .filter(Column.class::isInstance)
                .map(Column.class::cast)
                .toList();
    }

    /** Returns the foreign keys of rows that refer to rows of a table. */
    List<ForeignKey> referringTo(Table table) {
        return referring.getOrDefault(table, List.of());
    }

    /** Returns whether a foreign key is that of the further tables in which an entity's own row is kept. */
    boolean isOfOneRow(ForeignKey key) {
        Set<String> both = in(key.getTable());
        both.retainAll(in(key.getReferencedTable()));
        return !both.isEmpty()
                && key.getTable().getPrimaryKey() != null
                && key.getTable().getPrimaryKey().getColumns().equals(key.getColumns());
    }

    /** Returns whether a collection of these rows is told by the foreign key which of them it is. */
    static boolean isKeyOf(Collection collection, ForeignKey key) {
        return columns(collection.getKey()).equals(key.getColumns());
    }

    /** Returns whether two entities are kept in one table under the same key: one's row is the other's. */
    boolean haveOneKey(String one, String other) {
        RootClass first = roots.get(one);
        RootClass second = roots.get(other);
        return first.getTable().equals(second.getTable())
                && names(first).equals(names(second))
                && first.getIdentifier().getType().getReturnedClass()
                        == second.getIdentifier().getType().getReturnedClass();
    }

    private static List<String> names(RootClass root) {
        return columns(root.getKey()).stream().map(Column::getName).toList();
    }

    /** Returns whether an entity has an attribute of its own in a column by which a collection finds its elements. */
    boolean showsKeyOf(Collection collection) {
        if (!isKeptByElements(collection)) {
            return false;
        }
        String element = element(collection);
        List<Column> key = columns(collection.getKey());
        return metadata.getEntityBindings().stream()
                .filter(entity -> entity.getRootClass().getEntityName().equals(element))
                .flatMap(entity -> entity.getProperties().stream())
                .anyMatch(property -> columns(property.getValue()).stream().anyMatch(key::contains));
    }
}
