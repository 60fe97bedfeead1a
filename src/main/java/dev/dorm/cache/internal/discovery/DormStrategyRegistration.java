package dev.dorm.cache.internal.discovery;

import dev.dorm.cache.DormRegionFactory;
import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistration;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.cache.spi.RegionFactory;

/** Lets {@code hibernate.cache.region.factory_class} be {@code dorm}. */
public final class DormStrategyRegistration implements StrategyRegistrationProvider {

    @Override
    @SuppressWarnings("rawtypes") // so declared by Hibernate
    public Iterable<StrategyRegistration> getStrategyRegistrations() {
        return List.of(new SimpleStrategyRegistrationImpl<>(
                RegionFactory.class, DormRegionFactory.class, "dorm", DormRegionFactory.class.getSimpleName()));
    }
}
