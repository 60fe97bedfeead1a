package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.dynamic.AnyReferences;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.KnownClasses;
import dev.dorm.cache.internal.dynamic.MappedValues;
import dev.dorm.cache.internal.dynamic.TypeScope;
import dev.dorm.cache.internal.dynamic.ZonedValues;
import dev.dorm.cache.internal.entity.CollectionCodec;
import dev.dorm.cache.internal.entity.EntityCodec;
import dev.dorm.cache.internal.entity.EntityIds;
import dev.dorm.cache.internal.entity.EntityStates;
import dev.dorm.cache.internal.entity.Fingerprint;
import dev.dorm.cache.internal.entity.NaturalIdCodec;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.hibernate.QueryShape;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.key.RowIds;
import dev.dorm.cache.internal.type.EntityColumns;
import dev.dorm.cache.internal.type.TypeEncodings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of one session factory. Thread-safe.
 *
 * <p>Creating it touches no metamodel, so that a region factory may do so while the session factory is being built; each
 * codec resolves its mapping when it is first asked for.
 */
public final class Codecs {

    private final SessionFactoryImplementor factory;
    private final Set<String> allowedTypes;
    private final BodyFormat bodies;
    private final RowIds ids;
    private final Map<String, RowCodec> entities = new ConcurrentHashMap<>();
    private final Map<String, RowCodec> collections = new ConcurrentHashMap<>();
    private final Map<String, RowCodec> naturalIds = new ConcurrentHashMap<>();
    private final Map<String, EntityColumns> columns = new ConcurrentHashMap<>();
    private volatile @Nullable Resolved resolved;
    private volatile @Nullable QueryCodec queries;

    /**
     * Creates the codecs.
     *
     * @param factory the session factory, which may still be under construction
     * @param format how bodies are written
     * @param allowedTypes the exact names of the classes that Jackson may bind: the setting {@code allowed_types}
     * @throws IllegalStateException when the format needs a library that is missing
     */
    public Codecs(SessionFactoryImplementor factory, Format format, Set<String> allowedTypes) {
        this.factory = factory;
        this.allowedTypes = Set.copyOf(allowedTypes);
        this.bodies = new BodyFormat(format);
        this.ids = new RowIds(factory, this::open);
    }

    /**
     * Returns the codec of an entity hierarchy's rows.
     *
     * @param root any entity of the hierarchy
     * @return its codec
     */
    public RowCodec forEntity(EntityPersister root) {
        RowCodec known = entities.get(root.getRootEntityName());
        return known != null
                ? known
                : entities.computeIfAbsent(
                        root.getRootEntityName(), name -> new EntityCodec(factory, root, bodies, resolved().types));
    }

    /**
     * Returns the codec of a collection role's rows.
     *
     * @param persister the collection
     * @return its codec
     */
    public RowCodec forCollection(CollectionPersister persister) {
        RowCodec known = collections.get(persister.getRole());
        return known != null
                ? known
                : collections.computeIfAbsent(
                        persister.getRole(), role -> new CollectionCodec(persister, bodies, resolved().types));
    }

    /**
     * Returns the codec of a natural id's resolutions.
     *
     * @param root any entity of the hierarchy
     * @return its codec
     */
    public RowCodec forNaturalId(EntityPersister root) {
        RowCodec known = naturalIds.get(root.getRootEntityName());
        return known != null
                ? known
                : naturalIds.computeIfAbsent(
                        root.getRootEntityName(), name -> new NaturalIdCodec(factory, root, bodies, resolved().types));
    }

    /**
     * Returns what the statements of an entity prove of its state.
     *
     * @param entity a concrete entity
     * @return its columns
     */
    public EntityColumns columnsOf(EntityPersister entity) {
        EntityColumns known = columns.get(entity.getEntityName());
        return known != null
                ? known
                : columns.computeIfAbsent(entity.getEntityName(), name -> new EntityColumns(entity, factory));
    }

    /**
     * Returns how ids are rendered in keys.
     *
     * @return the renderer
     */
    public RowIds ids() {
        return ids;
    }

    /**
     * Returns how the ids of an entity hierarchy stand in the rows of query results.
     *
     * @param root any entity of the hierarchy
     * @return its ids
     */
    public EntityIds idsOf(EntityPersister root) {
        return new EntityIds(root, ids);
    }

    /**
     * Returns the codec of query results.
     *
     * @return the codec
     * @throws IllegalStateException when the running Hibernate lays them out in a way that is not known
     */
    public QueryCodec queries() {
        @Nullable QueryCodec done = queries;
        if (done == null) {
            Resolved now = resolved();
            ColumnTypes columns = new ColumnTypes(factory, now.open.classes());
            DynamicEncoding anyType = now.open.within(TypeScope.of(factory), null);
            done = new QueryCodec(QueryShape.running(), bodies, anyType, columns, mapping(now.types));
            queries = done;
        }
        return done;
    }

    /** A retyped attribute may leave a query's SQL as it was, while its rows are no longer what the reader expects. */
    private String mapping(TypeEncodings types) {
        Map<String, String> entities = new TreeMap<>();
        factory.getRuntimeMetamodels()
                .getMappingMetamodel()
                .forEachEntityDescriptor(
                        entity -> entities.put(entity.getEntityName(), new EntityStates(entity, types).fingerprint()));
        factory.getRuntimeMetamodels()
                .getMappingMetamodel()
                .forEachCollectionDescriptor(collection -> entities.put(
                        collection.getRole(), new CollectionCodec(collection, bodies, types).fingerprint()));
        Fingerprint print = new Fingerprint("mapping");
        entities.forEach((name, fingerprint) -> print.add(name).add(fingerprint));
        return print.finish();
    }

    private DynamicEncoding open() {
        return resolved().open;
    }

    private Resolved resolved() {
        @Nullable Resolved done = resolved;
        if (done == null) {
            // Two threads may both resolve; what they make is equal.
            MappedValues mapped = new MappedValues(factory);
            DynamicEncoding open = new DynamicEncoding(
                    new KnownClasses(factory, allowedTypes),
                    new AnyReferences(factory, type -> resolved().types.of(type)),
                    mapped,
                    new ZonedValues(factory));
            done = new Resolved(open, new TypeEncodings(factory, open, mapped));
            resolved = done;
        }
        return done;
    }

    private record Resolved(DynamicEncoding open, TypeEncodings types) {}
}
