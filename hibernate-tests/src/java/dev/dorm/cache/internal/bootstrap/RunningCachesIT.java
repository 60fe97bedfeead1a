package dev.dorm.cache.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;

/** A cache is found as long as its session factory is open. */
class RunningCachesIT {

    @Entity(name = "Thing")
    @Cacheable
    static class Thing {
        @Id
        long id;
    }

    @Test
    void oneThatIsClosedIsNotFoundAnyMore() {
        CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Thing.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        SessionFactory closed = factory.get();
        RegionFactory regions = factory.get().getCache().getRegionFactory();
        assertThat(RunningCaches.of(regions)).isNotNull();
        factory.close();
        assertThat(RunningCaches.of(regions)).isNull();
        assertThatThrownBy(() -> DormCache.of(closed)).isInstanceOf(IllegalStateException.class);
    }
}
