package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormCache;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A slice has the cache in process, though the application has a Redis. */
@DirtiesContext // Spring would keep it, and its meters, for as long as the JVM runs.
@DataJpaTest(properties = "spring.data.redis.url=redis://nowhere.invalid")
class JpaSliceTest {

    @Autowired
    private EntityManagerFactory factory;

    @Autowired
    private Products products;

    @Test
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    void itIsInProcess() {
        Long id = products.save(new Product("tea")).getId();
        DormCache.of(factory).awaitSettled();
        assertThat(products.findById(id)).isPresent();
        assertThat(DormCache.of(factory).statistics().getHits()).isEqualTo(1);
        assertThat(factory.getProperties()).doesNotContainKey("hibernate.cache.dorm.location");
    }
}
