package dev.dorm.cache.internal.reach;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.ManyToOne;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of entities that decide in which order, under which keys, or whether at all they stand in a cached collection:
 * {@code @OrderBy}, {@code @SQLOrder}, {@code @MapKey}, {@code @SQLRestriction}. When one is changed, Hibernate tells a
 * cache of the entity alone.
 *
 * <p>A version, a formula, and what is generated when a row is written, change without being named among what was changed
 * ({@code PostUpdateEvent.getDirtyProperties}): they count as changed by every update.
 */
final class DecidingAttributes {

    /** What stands for an attribute that every update may change. */
    private static final String ANY = "";

    private static final Reach NOTHING = new Reach(Set.of(), Set.of());

    private final Map<String, Map<String, Reach>> byRoot = new LinkedHashMap<>();

    DecidingAttributes(Metadata metadata) {
        for (Collection collection : metadata.getCollectionBindings()) {
            String element = element(collection.getElement());
            if (element != null && collection.getCacheConcurrencyStrategy() != null) {
                PersistentClass root = metadata.getEntityBinding(element).getRootClass();
                Predicate<Property> decides = deciding(collection, root);
                Stream.concat(Stream.of(root), root.getSubclasses().stream())
                        .flatMap(entity -> entity.getProperties().stream())
                        .filter(decides)
                        .forEach(property -> add(root.getEntityName(), name(property, root), collection.getRole()));
            }
        }
    }

    private static String name(Property property, PersistentClass root) {
        boolean unnamed = property == root.getVersion() || property.getValue().hasFormula() || isGenerated(property);
        return unnamed ? ANY : property.getName();
    }

    /** Also if only a part of an embeddable is. */
    private static boolean isGenerated(Property property) {
        return property.getValueGeneratorCreator() != null
                || property.getValue() instanceof Component component
                        && component.getProperties().stream().anyMatch(DecidingAttributes::isGenerated);
    }

    private void add(String root, String attribute, String role) {
        byRoot.computeIfAbsent(root, r -> new LinkedHashMap<>())
                .computeIfAbsent(attribute, a -> Reach.nothing())
                .collections()
                .add(role);
    }

    private static @Nullable String element(Value element) {
        if (element instanceof OneToMany many) {
            return many.getReferencedEntityName();
        }
        return element instanceof ManyToOne one ? one.getReferencedEntityName() : null;
    }

    /** An attribute decides if an order or a restriction names it, or one of its columns. */
    private static Predicate<Property> deciding(Collection collection, PersistentClass root) {
        Set<String> words = Stream.of(
                        collection.getOrderBy(),
                        collection.getManyToManyOrdering(),
                        collection.getWhere(),
                        collection.getManyToManyWhere(),
                        root.getRootClass().getWhere())
                .filter(text -> text != null)
                .flatMap(text -> Pattern.compile("\\W+").splitAsStream(lower(text)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (collection instanceof org.hibernate.mapping.Map map && map.getMapKeyPropertyName() != null) {
            words.add(lower(map.getMapKeyPropertyName()));
        }
        return property -> words.contains(lower(property.getName()))
                || MappedTables.columns(property.getValue()).stream()
                        .anyMatch(column -> words.contains(lower(column.getName())));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Returns what an update reaches that changes some attributes; null for those that nobody knows. */
    Reach of(String root, @Nullable Iterable<String> changed) {
        Map<String, Reach> attributes = byRoot.get(root);
        if (attributes == null) {
            return NOTHING;
        }
        Reach reach = Reach.nothing();
        if (changed == null) {
            attributes.values().forEach(reach::add);
        } else {
            reach.add(attributes.getOrDefault(ANY, NOTHING));
            changed.forEach(attribute -> reach.add(attributes.getOrDefault(attribute, NOTHING)));
        }
        return reach;
    }

    boolean isEmpty() {
        return byRoot.isEmpty();
    }
}
