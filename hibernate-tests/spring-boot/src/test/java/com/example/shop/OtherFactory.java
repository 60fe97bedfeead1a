package com.example.shop;

import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.cache.internal.NoCachingRegionFactory;
import org.hibernate.cache.spi.RegionFactory;

/** Another library's region factory, registered as hibernate-jcache registers its own. */
public class OtherFactory implements StrategyRegistrationProvider {

    /** What it registers. */
    public static class Factory extends NoCachingRegionFactory {

        private static final long serialVersionUID = 1L;
    }

    /** Hibernate 6.6 and 7 differ in the type of the elements. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Iterable getStrategyRegistrations() {
        return List.of(new SimpleStrategyRegistrationImpl<>(RegionFactory.class, Factory.class, "other"));
    }
}
