package dev.dorm.cache.internal.bootstrap;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

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

    private static void add(Set<String> spaces, Object[] more) {
        Arrays.stream(more).forEach(space -> spaces.add(space.toString()));
    }
}
