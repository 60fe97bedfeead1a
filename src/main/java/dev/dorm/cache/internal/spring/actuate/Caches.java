package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.internal.bootstrap.CacheRuntime;
import dev.dorm.cache.internal.bootstrap.RunningCaches;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Objects;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** The caches of an application's entity manager factories. */
public final class Caches {

    private final ListableBeanFactory beans;

    Caches(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** One of them. */
    record One(SessionFactoryImplementor factory, CacheRuntime runtime) {

        /** The name that its meters have in the tag {@code factory}. */
        String name() {
            return runtime.statistics().name();
        }

        DormCache cache() {
            return DormCache.of(factory);
        }
    }

    /** Returns those that run, whichever region factory the others have. */
    List<One> running() {
        return beans.getBeansOfType(EntityManagerFactory.class).values().stream()
                .map(Caches::of)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable One of(EntityManagerFactory factory) {
        if (!factory.isOpen()) {
            return null;
        }
        SessionFactoryImplementor hibernate = factory.unwrap(SessionFactoryImplementor.class);
        CacheRuntime running = RunningCaches.of(hibernate.getCache().getRegionFactory());
        return running == null ? null : new One(hibernate, running);
    }
}
