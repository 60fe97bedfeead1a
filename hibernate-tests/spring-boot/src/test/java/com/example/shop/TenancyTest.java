package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.tenants.Offer;
import com.example.tenants.SharedTables;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** No tenant is served what is cached of another's rows. */
class TenancyTest {

    @BeforeEach
    void begin() {
        Tenancy.serve("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "locmem"})
    void eachHasADatabase(String backend) {
        try (Application shop = with(backend, Shop.class, OwnDatabases.class, "spring.jpa.hibernate.ddl-auto=none")) {
            long id = save(shop, "one", "tea");
            assertThat(save(shop, "two", "coffee")).isEqualTo(id);
            for (String expected : new String[] {"tea", "coffee", "tea", "coffee"}) {
                Tenancy.serve(expected.equals("tea") ? "one" : "two");
                long hits = shop.statistics().getHits();
                assertThat(shop.products().findById(id))
                        .get()
                        .extracting(Product::getName)
                        .isEqualTo(expected);
                assertThat(shop.statistics().getHits()).isEqualTo(hits + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "locmem"})
    void allShareTables(String backend) {
        try (Application shop =
                with(backend, SharedTables.class, OneColumn.class, "spring.jpa.hibernate.ddl-auto=create")) {
            SessionFactory factory = shop.factory().unwrap(SessionFactory.class);
            factory.inTransaction(session -> session.persist(new Offer(1)));
            shop.cache().awaitSettled();
            assertThat(factory.fromSession(session -> session.find(Offer.class, 1L))
                            .getTenant())
                    .isEqualTo("one");
            assertThat(shop.statistics().getHits()).isEqualTo(1);
            Tenancy.serve("two");
            assertThat(factory.<Offer>fromSession(session -> session.find(Offer.class, 1L)))
                    .isNull();
        }
    }

    private static Application with(String backend, Class<?> application, Class<?> tenancy, String schema) {
        return Application.of(
                new SpringApplicationBuilder(application, tenancy, Tenants.class),
                "dorm.cache.backend=" + backend,
                "spring.data.redis.url=" + TestRedis.shared().url(),
                schema);
    }

    private static long save(Application shop, String tenant, String name) {
        Tenancy.serve(tenant);
        long id = shop.products().save(new Product(name)).getId();
        shop.cache().awaitSettled();
        return id;
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDatabases {

        @Bean
        Tenancy current() throws Exception {
            return new Tenancy.Databases("one", "two");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneColumn {

        @Bean
        Tenancy current() {
            return new Tenancy();
        }
    }
}
