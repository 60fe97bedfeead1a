package dev.dorm.cache.internal.discovery;

import dev.dorm.cache.DormRegionFactory;
import dev.dorm.cache.internal.column.WrittenColumns;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/** Takes note of how columns are defined, which Hibernate forgets when it has built its session factory. */
public final class DormIntegrator implements Integrator {

    /** Hibernate creates it by its service file. */
    public DormIntegrator() {}

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessionFactory) {
        if (sessionFactory.getServiceRegistry().getService(RegionFactory.class) instanceof DormRegionFactory factory) {
            factory.define(sessionFactory, WrittenColumns.of(metadata));
        }
    }

    /** {@inheritDoc} Nothing outlives the session factory. Hibernate 6 has no default for it. */
    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry serviceRegistry) {}
}
