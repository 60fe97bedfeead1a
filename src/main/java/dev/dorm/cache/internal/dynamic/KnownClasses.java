package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CompositeType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * The only classes that a payload can name: those in the metamodel, those with a codec, those in {@code allowed_types},
 * and those that this JVM itself has written. A name is looked up here, and never loaded.
 */
public final class KnownClasses {

    /** Bounds what attributes of type {@code Class} can make us remember. */
    private static final int MOST_WRITTEN = 10_000;

    private final Map<String, Class<?>> mapped = new HashMap<>();
    private final Map<String, Class<?>> allowed = new HashMap<>();
    private final Map<String, Class<?>> written = new ConcurrentHashMap<>();

    /** Knows no mapping: the classes that have a codec, and these. */
    public KnownClasses(Set<Class<?>> allowedClasses) {
        ScalarCodecs.types().forEach(this::add);
        for (Class<?> type : new Class<?>[] {Object.class, Enum.class, Number.class, Class.class, void.class}) {
            add(type);
        }
        allowedClasses.forEach(type -> allowed.put(type.getName(), type));
    }

    public KnownClasses(SessionFactoryImplementor factory, Set<String> allowedTypes) {
        this(Set.of());
        ClassLoaderService loader = factory.getServiceRegistry().requireService(ClassLoaderService.class);
        for (String name : allowedTypes) {
            // The names are the application's own settings, and a wrong one fails here, loudly.
            allowed.put(name, loader.classForName(name));
        }
        MappingMetamodel metamodel = factory.getRuntimeMetamodels().getMappingMetamodel();
        metamodel.forEachEntityDescriptor(this::addEntity);
        metamodel.forEachCollectionDescriptor(this::addCollection);
    }

    public Class<?> named(String name) throws UndecodableException {
        @Nullable Class<?> known = mapped.get(name);
        if (known == null) {
            known = allowed.get(name);
        }
        if (known == null) {
            known = written.get(name);
        }
        if (known == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "the bytes name a class that is not known here");
        }
        return known;
    }

    public void wrote(Class<?> type) {
        if (mapped.get(type.getName()) != type && written.size() < MOST_WRITTEN) {
            written.put(type.getName(), type);
        }
    }

    boolean isAllowed(Class<?> type) {
        return allowed.get(type.getName()) == type;
    }

    Class<?> allowed(String name) throws UndecodableException {
        @Nullable Class<?> type = allowed.get(name);
        if (type == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "the bytes name a class that is not allowed");
        }
        return type;
    }

    private void addEntity(EntityPersister entity) {
        add(entity.getMappedClass());
        add(entity.getIdentifierType());
        for (Type type : entity.getPropertyTypes()) {
            add(type);
        }
    }

    private void addCollection(CollectionPersister collection) {
        add(collection.getKeyType());
        add(collection.getElementType());
        if (collection.hasIndex()) {
            add(collection.getIndexType());
        }
        if (collection.getIdentifierType() != null) {
            add(collection.getIdentifierType());
        }
    }

    private void add(Type root) {
        Deque<Type> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Type type = open.remove();
            add(type.getReturnedClass());
            if (type instanceof CompositeType composite && !type.isAnyType()) {
                open.addAll(java.util.List.of(composite.getSubtypes()));
            }
        }
    }

    private void add(@Nullable Class<?> type) {
        if (type == null) {
            return;
        }
        mapped.putIfAbsent(type.getName(), type);
        if (type.isArray()) {
            add(type.getComponentType());
        }
    }
}
