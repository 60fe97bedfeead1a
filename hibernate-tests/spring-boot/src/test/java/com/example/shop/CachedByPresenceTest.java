package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CachedByPresenceTest {

    @Test
    void entitiesAreCachedInProcessWithoutAnySetting() {
        try (Application shop = Application.with()) {
            assertThatASecondReadIsAHit(shop);
            assertThat(shop.setting("hibernate.cache.dorm.location")).isNull();
        }
    }

    @Test
    void entitiesAreCachedInTheRedisThatSpringBootKnows() throws Exception {
        TestRedis redis = TestRedis.shared();
        redis.command("FLUSHALL");
        try (Application shop = Application.with("spring.data.redis.url=" + redis.url())) {
            assertThatASecondReadIsAHit(shop);
            assertThat(redis.command("KEYS", "*")).contains("com.example.shop.Product");
        }
    }

    private static void assertThatASecondReadIsAHit(Application shop) {
        Long id = shop.products().save(new Product("tea")).getId();
        shop.cache().awaitSettled();
        shop.products().findById(id);
        long hits = shop.statistics().getHits();
        assertThat(shop.products().findById(id))
                .get()
                .extracting(Product::getName)
                .isEqualTo("tea");
        assertThat(shop.statistics().getHits()).isEqualTo(hits + 1);
    }
}
