package dev.dorm.cache.internal.discovery;

import dev.dorm.cache.internal.bootstrap.CacheRuntime;
import dev.dorm.cache.internal.bootstrap.RunningCaches;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Reads from the mapping what the cache has to know and Hibernate forgets when the session factory is built. Session
 * factories with another cache, or none, are left alone.
 */
public final class DormIntegrator implements Integrator {

    /** Hibernate creates it by its service file. */
    public DormIntegrator() {}

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        CacheRuntime cache = RunningCaches.of(factory.getServiceRegistry().getService(RegionFactory.class));
        if (cache != null) {
            cache.read(metadata, factory);
        }
    }

    /** {@inheritDoc} Nothing outlives the session factory. Not every version has a default for it. */
    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {}
}
