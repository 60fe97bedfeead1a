package dev.dorm.cache.internal.bootstrap;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The tables of a mapping, by the names under which Hibernate says that they are read and written. */
public final class QuerySpaces {

    private QuerySpaces() {}

    public static Set<String> of(SessionFactoryImplementor factory) {
        Set<String> spaces = new LinkedHashSet<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> spaces.addAll(of(entity)));
        factory.getMappingMetamodel()
                .forEachCollectionDescriptor(collection -> add(spaces, collection.getCollectionSpaces()));
        return spaces;
    }

    public static Set<String> of(EntityPersister entity) {
        Set<String> spaces = new LinkedHashSet<>();
        add(spaces, entity.getQuerySpaces());
        return spaces;
    }

    /** The tables of what is cached by TRANSACTIONAL. */
    static Set<String> transactional(SessionFactoryImplementor factory) {
        Set<String> spaces = new LinkedHashSet<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (isTransactional(entity.getCacheAccessStrategy())) {
                spaces.addAll(of(entity));
            }
        });
        factory.getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            if (isTransactional(collection.getCacheAccessStrategy())) {
                add(spaces, collection.getCollectionSpaces());
            }
        });
        return spaces;
    }

    private static boolean isTransactional(@Nullable CachedDomainDataAccess access) {
        return access != null && access.getAccessType() == AccessType.TRANSACTIONAL;
    }

    private static void add(Set<String> spaces, Object[] more) {
        Arrays.stream(more).forEach(space -> spaces.add(space.toString()));
    }
}
