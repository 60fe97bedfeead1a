package dev.dorm.cache.internal.discovery;

import dev.dorm.cache.DormRegionFactory;
import dev.dorm.cache.internal.region.MappedReach;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Reads from the mapping what the cache has to know and Hibernate forgets when the session factory is built. Hibernate finds
 * it as a service; session factories with another cache, or none, are left alone.
 */
public final class MappingIntegrator implements Integrator {

    /** Creates the integrator; Hibernate does. */
    public MappingIntegrator() {}

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        RegionFactory regions = factory.getServiceRegistry().getService(RegionFactory.class);
        if (regions instanceof DormRegionFactory dorm && dorm.isStarted()) {
            dorm.assembly().reaches().read(new MappedReach(metadata));
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
        // Nothing was integrated that outlives the session factory.
    }
}
