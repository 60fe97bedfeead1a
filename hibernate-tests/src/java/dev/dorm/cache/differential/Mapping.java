package dev.dorm.cache.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.RootClass;
import org.jspecify.annotations.Nullable;

/** The mapping of all entities. */
final class Mapping {

    private Mapping() {}

    /**
     * Builds the mapping.
     *
     * @param settings Hibernate's settings
     * @param setup how everything is cached, or null
     */
    static Metadata of(Map<String, Object> settings, @Nullable Setup setup) {
        MetadataSources sources = new MetadataSources(
                new StandardServiceRegistryBuilder().applySettings(settings).build());
        // Hibernate 6.6.0 must know the filter before the entities that name it.
        sources.addPackage(Mapping.class.getPackageName());
        sources.addAnnotatedClass(Simple.Named.class);
        sources.addAnnotatedClass(Simple.Counted.class);
        Kind.all().forEach(kind -> sources.addAnnotatedClass(kind.type()));
        Metadata metadata = sources.buildMetadata();
        if (setup != null) {
            cacheAll(metadata, setup);
        }
        return metadata;
    }

    private static void cacheAll(Metadata metadata, Setup setup) {
        String strategy = setup.strategy().getExternalName();
        metadata.getEntityBindings().forEach(entity -> {
            if (entity instanceof RootClass root) {
                root.setCached(true);
                root.setCacheConcurrencyStrategy(root.isMutable() ? strategy : AccessType.READ_ONLY.getExternalName());
                root.setNaturalIdCacheRegionName(root.hasNaturalId() ? root.getEntityName() + "##NaturalId" : null);
            }
        });
        for (Kind kind : Kind.all()) {
            for (Attribute collection : kind.attributes(Role.ELEMENTS, Role.MANY, Role.MANY_INVERSE)) {
                if (Duties.caches(setup, collection)) {
                    metadata.getCollectionBinding(kind.type().getName() + "." + collection.name())
                            .setCacheConcurrencyStrategy(strategy);
                }
            }
        }
    }

    /** The tables that hold what the rows of each entity's tables were before. */
    static Map<Kind, List<String>> history(Metadata metadata, Map<Kind, List<String>> tables) {
        Map<Kind, List<String>> history = new java.util.HashMap<>();
        tables.forEach((kind, names) -> history.put(
                kind,
                metadata.collectTableMappings().stream()
                        .map(table -> table.getName())
                        .filter(name -> names.stream().anyMatch(of -> Annals.isHistoryOf(name, of)))
                        .toList()));
        return history;
    }

    /** The tables of each entity, its collections' too. */
    static Map<Kind, List<String>> tables(Metadata metadata) {
        Map<String, Set<String>> names = new TreeMap<>();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            Set<String> tables = names.computeIfAbsent(entity.getEntityName(), name -> new LinkedHashSet<>());
            tables.add(entity.getTable().getName());
            entity.getJoins().forEach(join -> tables.add(join.getTable().getName()));
        }
        metadata.getCollectionBindings().forEach(collection -> names.get(collection.getOwnerEntityName())
                .add(collection.getCollectionTable().getName()));
        Map<Kind, List<String>> tables = new java.util.HashMap<>();
        Kind.all()
                .forEach(kind ->
                        tables.put(kind, new ArrayList<>(names.get(kind.type().getName()))));
        return tables;
    }
}
